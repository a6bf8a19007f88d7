import { isIP } from "node:net";
import { resolve } from "node:path";
import { z } from "zod";
import { MongoConfiguration, Neo4jConfiguration, StoreMode } from "../../shared/contract/servers.ts";

export const LOG_LEVELS = ["debug", "info", "warn", "error", "silent"] as const;

const wholeNumber = (maximum: number) =>
  z
    .string()
    .regex(/^\d+$/, "must be a whole number")
    .transform(Number)
    .refine((value) => value <= maximum, `must be at most ${maximum}`);

const folder = z
  .string()
  .min(1, "must name a folder")
  .transform((path) => resolve(path))
  .optional();

const file = z
  .string()
  .min(1, "must name a file")
  .transform((path) => resolve(path))
  .optional();

const name = z.string().trim().min(1, "must not be empty").max(200, "must have at most 200 characters").optional();
const secret = z.string().max(1_000, "must have at most 1000 characters").optional();

/** How one setting is given: its option on the command line, its variable in the environment, its key in `configuration.json`. */
export interface Setting {
  /** Null for secrets: whoever may list processes reads their options. */
  option: string | null;
  variable: string;
  /** Dotted; null for what the file cannot say: secrets, and where it lies itself. */
  key: string | null;
  /** A path: one in the file is meant from the file's own folder. */
  path?: true;
  /** May also be given as the name of a file that holds it, in `<variable>_FILE`. */
  secret?: true;
}

/** Every setting, and what it may be. */
export const SETTINGS = {
  dataFolder: { option: "data", variable: "POLYCLINIC_DATA", key: null, path: true, schema: folder },
  port: { option: "port", variable: "POLYCLINIC_PORT", key: "port", schema: wholeNumber(65_535).default(7420) },
  host: {
    option: "host",
    variable: "POLYCLINIC_HOST",
    key: "host",
    schema: z
      .string()
      .refine((host) => host === "localhost" || isIP(host) !== 0, "must be an address of this computer")
      .default("127.0.0.1"),
  },
  tlsCertificate: { option: "tls-cert", variable: "POLYCLINIC_TLS_CERT", key: "tlsCert", path: true, schema: file },
  tlsKey: { option: "tls-key", variable: "POLYCLINIC_TLS_KEY", key: "tlsKey", path: true, schema: file },
  names: {
    option: "names",
    variable: "POLYCLINIC_NAMES",
    key: "names",
    schema: z
      .string()
      .regex(/^[A-Za-z0-9.:_,-]+$/, "must be host names with commas between them")
      .transform((text) => text.split(",").filter((item) => item !== ""))
      .optional(),
  },
  anchorFile: { option: "anchor", variable: "POLYCLINIC_ANCHOR", key: "anchor", path: true, schema: file },
  keyFolder: { option: "keys", variable: "POLYCLINIC_KEYS", key: "keys", path: true, schema: folder },
  rateLimit: {
    option: "rate-limit",
    variable: "POLYCLINIC_RATE_LIMIT",
    key: "rateLimit",
    schema: z.enum(["on", "off"], "must be on or off").default("on"),
  },
  logLevel: {
    option: "log-level",
    variable: "POLYCLINIC_LOG_LEVEL",
    key: "logLevel",
    schema: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(", ")}`).default("info"),
  },
  seed: { option: "seed", variable: "POLYCLINIC_SEED", key: null, schema: wholeNumber(0xffff_ffff).optional() },
  mode: {
    option: "mode",
    variable: "POLYCLINIC_MODE",
    key: "mode",
    schema: z.enum(StoreMode.options, `must be one of ${StoreMode.options.join(", ")}`).optional(),
  },
  clientUrl: {
    option: "client-url",
    variable: "POLYCLINIC_CLIENT_URL",
    key: "url",
    schema: z
      .string()
      .trim()
      .max(500)
      .regex(/^https:\/\/[^\s/@]+\/?$/, "must be like https://clinic.example:7420")
      .optional(),
  },
  clientCa: { option: "client-ca", variable: "POLYCLINIC_CLIENT_CA", key: "caFile", path: true, schema: file },
  workstation: { option: "workstation", variable: "POLYCLINIC_WORKSTATION", key: "workstation", schema: name },
  neo4jUri: { option: "neo4j-uri", variable: "NEO4J_URI", key: "neo4j.uri", schema: Neo4jConfiguration.shape.uri.optional() },
  neo4jUser: { option: "neo4j-user", variable: "NEO4J_USER", key: "neo4j.user", schema: name },
  neo4jPassword: { option: null, variable: "NEO4J_PASSWORD", key: null, secret: true, schema: secret },
  neo4jDatabase: { option: "neo4j-database", variable: "NEO4J_DATABASE", key: "neo4j.database", schema: name },
  neo4jCa: { option: "neo4j-ca", variable: "NEO4J_CA", key: "neo4j.caFile", path: true, schema: file },
  // Its password is taken out before anything else sees it: `config-mongo-uri.ts`.
  mongodbUri: {
    option: "mongodb-uri",
    variable: "MONGODB_URI",
    key: "mongodb.uri",
    secret: true,
    schema: z.string().trim().max(2_000).optional(),
  },
  mongodbUser: { option: "mongodb-user", variable: "MONGODB_USER", key: "mongodb.user", schema: name },
  mongodbPassword: { option: null, variable: "MONGODB_PASSWORD", key: null, secret: true, schema: secret },
  mongodbDatabase: { option: "mongodb-database", variable: "MONGODB_DATABASE", key: "mongodb.database", schema: name },
  mongodbCa: { option: "mongodb-ca", variable: "MONGODB_CA", key: "mongodb.caFile", path: true, schema: file },
  keyPassphrase: { option: null, variable: "POLYCLINIC_KEY_PASSPHRASE", key: null, secret: true, schema: secret },
} as const satisfies Record<string, Setting & { schema: z.ZodType }>;

export type SettingName = keyof typeof SETTINGS;
export type SettingValue<K extends SettingName> = z.output<(typeof SETTINGS)[K]["schema"]>;
export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[];

/** The shape that an address of a MongoDB without its password has. */
export const PLAIN_MONGO_URI = MongoConfiguration.shape.uri;

/** Options that are not settings of their own. */
export const OTHER_OPTIONS = { sample: { type: "boolean" }, "env-file": { type: "string" } } as const;

/** Those of a process's arguments that are ours, written `--option=value`: Chromium's switches stand among them in the window. */
export function ownArguments(args: readonly string[]): string[] {
  const ours = new Set([...SETTING_NAMES.map((setting) => SETTINGS[setting].option), "env-file"]);
  return args.filter((argument) => ours.has(/^--([a-z0-9-]+)=/.exec(argument)?.[1] ?? ""));
}
