import type { StoreMode } from "../../shared/contract/servers.ts";
import { AppError } from "../../shared/define.ts";
import { splitMongoUri } from "./config-mongo-uri.ts";
import { SETTINGS, type SettingName, type SettingValue } from "./config-settings.ts";
import type { Given, Sources } from "./config-sources.ts";
import type { MongoSettings, Neo4jSettings } from "./server-settings.ts";

/** The servers as they are configured. A password that nobody gave may be kept: `serverSettings` puts it in. */
export interface ServerAddresses {
  neo4j: Omit<Neo4jSettings, "password"> & { password: string | null };
  mongodb: MongoSettings;
}

export interface StoreConfig {
  mode: StoreMode;
  servers: ServerAddresses | null;
  clientUrl: string | null;
  /** In mode client an authority in PEM that is trusted beside the system's own. */
  clientCaFile: string | null;
}

/** Reads a setting by its rule. */
export type ReadSetting = <K extends SettingName>(name: K) => SettingValue<K>;

const NEO4J_DEFAULTS = { user: "neo4j", database: "neo4j" };
const MONGODB_DEFAULT_DATABASE = "polyclinic";

/** Where the clinic's stores are. Throws `invalid-input` that names what is missing. */
export function readStoreConfig(sources: Sources, read: ReadSetting): StoreConfig {
  const mode = modeOf(sources, read);
  if (mode === "servers") return { mode, servers: addressesOf(sources, read), clientUrl: null, clientCaFile: null };
  if (mode === "embedded") return { mode, servers: null, clientUrl: null, clientCaFile: null };
  const clientUrl = read("clientUrl");
  if (clientUrl === undefined) throw missing("clientUrl", "the address of the clinic's host must be given in mode client");
  return { mode, servers: null, clientUrl: clientUrl.replace(/\/$/, ""), clientCaFile: read("clientCa") ?? null };
}

/** What the mode says, or else what is given: addresses that IT gives count more than what the screen once saved as the mode. */
function modeOf(sources: Sources, read: ReadSetting): StoreMode {
  const said = read("mode");
  const addresses = (["neo4jUri", "mongodbUri", "clientUrl"] as const).map((name) => sources.find(name));
  const above = addresses.some((given) => given !== null && given.source !== "file");
  if (said !== undefined && !(sources.find("mode")?.source === "file" && above)) return said;
  const [neo4j, mongodb, client] = addresses;
  if (client && (neo4j || mongodb)) throw missing("mode", `must be given where both servers and ${client.says} are`);
  if (client) return "client";
  if (neo4j && !mongodb) throw missing("mongodbUri", `must be given where ${neo4j.says} is`);
  if (mongodb && !neo4j) throw missing("neo4jUri", `must be given where ${mongodb.says} is`);
  return neo4j ? "servers" : "embedded";
}

function addressesOf(sources: Sources, read: ReadSetting): ServerAddresses {
  const neo4jUri = read("neo4jUri");
  if (neo4jUri === undefined) throw missing("neo4jUri", "must be given in mode servers");
  const given = sources.find("mongodbUri");
  if (given === null) throw missing("mongodbUri", "must be given in mode servers");
  const address = splitGiven(given);
  return {
    neo4j: {
      uri: neo4jUri,
      user: read("neo4jUser") ?? NEO4J_DEFAULTS.user,
      password: read("neo4jPassword") || null,
      database: read("neo4jDatabase") ?? NEO4J_DEFAULTS.database,
      caFile: read("neo4jCa") ?? null,
    },
    mongodb: {
      uri: address.uri,
      user: read("mongodbUser") ?? address.user,
      password: read("mongodbPassword") || address.password,
      database: read("mongodbDatabase") ?? address.database ?? MONGODB_DEFAULT_DATABASE,
      caFile: read("mongodbCa") ?? null,
    },
  };
}

function splitGiven({ value, source, says }: Given) {
  const address = splitMongoUri(value.trim(), says);
  const open = source === "command-line" || source === "file";
  if (address.password === null || !open) return address;
  const instead = `give it in ${SETTINGS.mongodbPassword.variable} or ${SETTINGS.mongodbPassword.variable}_FILE`;
  throw new AppError("invalid-input", `${says} must not carry a password, which others could read there: ${instead}.`, { field: says });
}

function missing(name: "mode" | "neo4jUri" | "mongodbUri" | "clientUrl", reason: string): AppError {
  const { variable, option } = SETTINGS[name];
  return new AppError("invalid-input", `${variable} (--${option}) ${reason}.`, { field: variable });
}
