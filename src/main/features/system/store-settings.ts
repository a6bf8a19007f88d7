import { isDeepStrictEqual } from "node:util";
import type { Config } from "@main/platform/config.ts";
import { SETTINGS, type SettingName } from "@main/platform/config-settings.ts";
import { SOURCES, type Source } from "@main/platform/config-sources.ts";
import type { StorePlaces } from "@main/platform/configuration-keeper.ts";
import { keepPassword, withKeptPasswords } from "@main/platform/kept-passwords.ts";
import { createSerial } from "@main/platform/serial.ts";
import type { MongoSettings, Neo4jSettings } from "@main/platform/server-settings.ts";
import type { Configuration, ConnectionReport, ConnectionTest, ServerConfiguration, StoreMode } from "@shared/contract/servers.ts";
import type { systemContract } from "@shared/contract/system.ts";
import { AppError, type Output } from "@shared/define.ts";
import type { z } from "zod";
import type { StoreSettings, StoreSettingsDeps } from "./needs.ts";
import { checkReadable, createStoreAddresses } from "./store-addresses.ts";

/** Which settings say where the stores are, in each mode. */
const DECIDING = {
  embedded: ["mode", "neo4jUri", "mongodbUri", "clientUrl"],
  client: ["mode", "clientUrl", "clientCa"],
  servers: [
    ...(["mode", "neo4jUri", "neo4jUser", "neo4jPassword", "neo4jDatabase", "neo4jCa"] as const),
    ...(["mongodbUri", "mongodbUser", "mongodbPassword", "mongodbDatabase", "mongodbCa"] as const),
  ],
} satisfies Record<StoreMode, SettingName[]>;

type Servers = { neo4j: Neo4jSettings; mongodb: MongoSettings };

/** Where the clinic's stores are: shown, tried and kept. The setup feature joins servers by the same code. */
export function createStoreSettings({ configuration, probes, restart }: StoreSettingsDeps): StoreSettings {
  const addresses = createStoreAddresses(configuration);
  const oneAtATime = createSerial();

  async function test(input: z.output<typeof ConnectionTest>, { kept }: { kept: boolean }): Promise<ConnectionReport> {
    return input.store === "graph"
      ? probes.graph(await addresses.neo4j(input.neo4j, { field: "neo4j", kept }))
      : probes.documents(await addresses.mongodb(input.mongodb, { field: "mongodb", kept }));
  }

  async function serversOf(given: z.output<typeof ServerConfiguration>, field: string, kept: boolean): Promise<Servers> {
    const neo4j = await addresses.neo4j(given.neo4j, { field: `${field}neo4j`, kept });
    const mongodb = await addresses.mongodb(given.mongodb, { field: `${field}mongodb`, kept });
    await checkReadable(neo4j.caFile, `${field}neo4j.caFile`);
    await checkReadable(mongodb.caFile, `${field}mongodb.caFile`);
    return { neo4j, mongodb };
  }

  /** The passwords first: a file that names servers whose password is not there would be half of it. */
  async function keep(places: StorePlaces, servers: Servers | null): Promise<void> {
    refuseIfOverruled(configuration.preview(places), places, servers);
    const undo = servers ? await keepPasswords(servers) : async () => {};
    try {
      await configuration.write(places);
    } catch (error) {
      await undo();
      throw error;
    }
  }

  /** Answers with what puts back the passwords that were kept before. */
  async function keepPasswords({ neo4j, mongodb }: Servers): Promise<() => Promise<void>> {
    const { secrets } = configuration;
    const names = ["neo4j-password", "mongodb-password"];
    const before = await Promise.all(names.map((name) => secrets.get(name)));
    const undo = async () => {
      for (const [index, name] of names.entries()) await secrets.set(name, before[index] ?? Buffer.alloc(0));
    };
    try {
      await keepPassword(secrets, { server: "neo4j", uri: neo4j.uri, user: neo4j.user }, neo4j.password);
      const { uri, user, password } = mongodb;
      if (user !== null && password !== null) await keepPassword(secrets, { server: "mongodb", uri, user }, password);
    } catch (error) {
      await undo();
      throw error;
    }
    return undo;
  }

  return {
    test,
    get: () => shown(configuration),
    save: (input) =>
      oneAtATime(async () => {
        if (!configuration.modes.includes(input.mode)) {
          throw new AppError("invalid-input", "A host serves the clinic: only a window can use another computer's host.", {
            field: "mode",
          });
        }
        const servers = input.mode === "servers" ? await serversOf(input.servers, "servers.", true) : null;
        await keep(placesOf(input, servers), servers);
        return { restartRequired: await configuration.restartRequired() };
      }),
    join: (input) =>
      oneAtATime(async () => {
        // Nobody is signed in: what is kept is not theirs to use.
        const servers = await serversOf(input, "", false);
        await keep(placesOf({ mode: "servers", servers: input }, servers), servers);
        if (restart) restart();
        return { restartRequired: restart === null };
      }),
    restart() {
      if (!restart) throw new AppError("conflict", "This process cannot start itself anew: end it and start it again.");
      restart();
    },
  };
}

/** What the routes show: the next start's places, never a password. */
async function shown({
  next,
  secrets,
  restartRequired,
}: StoreSettingsDeps["configuration"]): Promise<Output<typeof systemContract.getConfiguration>> {
  const config = next();
  const servers = config.servers && (await withKeptPasswords(config.servers, secrets));
  return {
    mode: config.mode,
    neo4j: servers && withoutPassword(servers.neo4j),
    mongodb: servers && withoutPassword(servers.mongodb),
    url: config.clientUrl,
    passwords: { neo4j: Boolean(servers?.neo4j.password), mongodb: Boolean(servers?.mongodb.password) },
    source: strongestSource(config),
    file: config.files.configuration,
    keptBy: secrets.kind === "system-key-store" ? "system-key-store" : "file",
    restartRequired: await restartRequired(),
  };
}

function withoutPassword<T extends { password: string | null }>({ password: _, ...rest }: T): Omit<T, "password"> {
  return rest;
}

function strongestSource({ sources, mode }: Config): Source {
  const used = new Set<Source>(DECIDING[mode].map((name) => sources[name]));
  return SOURCES.findLast((source) => used.has(source)) ?? "default";
}

/** What stands above the file would still hold at the next start: the screen does not pretend otherwise. */
function refuseIfOverruled(found: Config, { mode, url }: StorePlaces, wanted: Servers | null): void {
  const plain = (servers: { neo4j: object; mongodb: object } | null) =>
    servers && [servers.neo4j, servers.mongodb].map((server) => ({ ...server, password: null }));
  const overruled = (given: string | null | undefined, own: string | null | undefined) => typeof given === "string" && given !== own;
  const asWanted =
    found.mode === mode &&
    found.clientUrl === (url?.replace(/\/$/, "") ?? null) &&
    isDeepStrictEqual(plain(found.servers), plain(wanted)) &&
    !overruled(found.servers?.neo4j.password, wanted?.neo4j.password) &&
    !overruled(found.servers?.mongodb.password, wanted?.mongodb.password);
  if (asWanted) return;
  const { sources } = found;
  const isAbove = (setting: SettingName) => sources[setting] !== "default" && sources[setting] !== "file";
  const name = [...DECIDING[found.mode], ...DECIDING.servers, ...DECIDING.client].find(isAbove) ?? "mode";
  const where = { "command-line": "on the command line", environment: "in the environment", "env-file": "in a .env file" };
  const place = where[sources[name] as keyof typeof where];
  throw new AppError("conflict", `${SETTINGS[name].variable} is set ${place}: change it there.`);
}

function placesOf(input: z.output<typeof Configuration>, servers: Servers | null): StorePlaces {
  if (input.mode === "client") return { mode: input.mode, url: input.url };
  if (!servers) return { mode: input.mode };
  const { neo4j, mongodb } = servers;
  return {
    mode: "servers",
    neo4j: { uri: neo4j.uri, user: neo4j.user, database: neo4j.database, caFile: neo4j.caFile },
    mongodb: { uri: mongodb.uri, user: mongodb.user, database: mongodb.database, caFile: mongodb.caFile },
  };
}
