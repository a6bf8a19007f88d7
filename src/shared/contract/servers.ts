import { z } from "zod";

/**
 * Why a server cannot be used. `schema`: a newer Polyclinic has it; `key`: the key of the clinic's files is missing; `workstation`: another
 * computer works as this one, its data folder was copied.
 */
export const ConnectionCause = z.enum(["address", "tls", "credentials", "version", "rights", "schema", "key", "workstation", "unknown"]);
export type ConnectionCause = z.infer<typeof ConnectionCause>;

const Path = z.string().trim().min(1).max(1_000);
const Name = z.string().trim().min(1).max(200);
/** Left out: the one that is kept. */
const Password = z.string().min(1).max(1_000).optional();

export const Neo4jConfiguration = z.object({
  uri: z
    .string()
    .trim()
    .max(1_000)
    .regex(/^(bolt|neo4j)(\+s|\+ssc)?:\/\/[^\s@/]+$/, "must be like neo4j+s://graph.clinic.example:7687, without user and password"),
  user: Name,
  password: Password,
  database: Name.default("neo4j"),
  caFile: Path.nullable().default(null),
});

export const MongoConfiguration = z.object({
  uri: z
    .string()
    .trim()
    .max(2_000)
    .regex(/^mongodb(\+srv)?:\/\/[^\s@]+$/, "must be like mongodb://documents.clinic.example:27017/?tls=true, without user and password"),
  user: Name.nullable().default(null),
  password: Password,
  database: Name.default("polyclinic"),
  caFile: Path.nullable().default(null),
});

export const ServerConfiguration = z.object({ neo4j: Neo4jConfiguration, mongodb: MongoConfiguration });

/** The clinic's stores: in this computer's folder, on servers, or on another computer's host. */
export const StoreMode = z.enum(["embedded", "servers", "client"]);
export type StoreMode = z.infer<typeof StoreMode>;

export const Configuration = z.discriminatedUnion("mode", [
  z.object({ mode: z.literal("embedded") }),
  z.object({ mode: z.literal("servers"), servers: ServerConfiguration }),
  z.object({
    mode: z.literal("client"),
    /** The address of another computer's host. */
    url: z
      .string()
      .trim()
      .max(500)
      .regex(/^https:\/\/[^\s/@]+\/?$/, "must be like https://clinic.example:7420"),
  }),
]);

/** What was found when a server was tried, step by step: what comes after the step that failed was not tried. */
export const ConnectionReport = z.object({
  ok: z.boolean(),
  steps: z.array(
    z.object({
      step: z.enum(["address", "tls", "credentials", "version", "rights"]),
      state: z.enum(["ok", "failed", "not-tried", "not-used"]),
      /** What was found, in English words for IT; never a secret. */
      detail: z.string(),
    }),
  ),
  server: z.object({ name: z.string(), version: z.string() }).nullable(),
});
export type ConnectionReport = z.infer<typeof ConnectionReport>;

export const ConnectionTest = z.discriminatedUnion("store", [
  z.object({ store: z.literal("graph"), neo4j: Neo4jConfiguration }),
  z.object({ store: z.literal("documents"), mongodb: MongoConfiguration }),
]);

/** Whether the stores can be used, for the screen before anybody is signed in: no address, no name. */
export const ConnectionState = z.object({
  mode: StoreMode,
  /** `refused` needs IT; `connecting` is tried again by itself. */
  state: z.enum(["connecting", "ready", "refused"]),
  stores: z.object({
    graph: z.object({ state: z.enum(["up", "down"]), cause: ConnectionCause.nullable() }),
    documents: z.object({ state: z.enum(["up", "down"]), cause: ConnectionCause.nullable() }),
  }),
  /** When the next try begins; null when nothing is being tried. */
  retryInMs: z.int().nullable(),
});
export type ConnectionState = z.infer<typeof ConnectionState>;
