import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { classPath } from "./class-path.ts";
import { type JavaServer, startJava } from "./java-server.ts";

/** Who may sign in to a Neo4j that we start. */
export const NEO4J_USER = "neo4j";
export const NEO4J_PASSWORD = "polyclinic-test";

/** How a test reaches a Neo4j. */
export interface Neo4jAddress {
  uri: string;
  user: string;
  password: string;
}

export type StartedNeo4j = JavaServer & Neo4jAddress & { readonly folder: string; remove(): Promise<void> };

export interface Neo4jOptions {
  /** A folder that was used before; a new one in the temporary folder when left out. */
  folder?: string;
  /** The port to take again after a restart. */
  port?: number;
  /** Settings of `neo4j.conf`. */
  settings?: Readonly<Record<string, string>>;
  /** For benches: see `JavaProgram`. */
  optimised?: boolean;
}

/** The settings of the gate, as `docker-compose.yml` has them: a bound on what one transaction takes. */
const GATE = { "db.transaction.timeout": "30s", "db.memory.transaction.max": "256m" };

/** Starts a real Neo4j Community server with Bolt on loopback. `remove` ends it and removes its folder: what nobody opens again needs no clean end. */
export async function startNeo4j({ folder, port = 0, settings = {}, optimised = false }: Neo4jOptions = {}): Promise<StartedNeo4j> {
  const home = folder ?? (await mkdtemp(join(tmpdir(), "polyclinic-neo4j-")));
  const given = Object.entries({ ...GATE, ...settings }).map(([name, value]) => `${name}=${value}`);
  const args = [home, String(port), NEO4J_PASSWORD, ...given];
  const server = await startJava({ program: "Neo4jServer", classPath: await classPath("neo4j"), memory: "1g", args, optimised });
  return {
    ...server,
    uri: `bolt://127.0.0.1:${server.port}`,
    ...{ user: NEO4J_USER, password: NEO4J_PASSWORD, folder: home },
    async remove() {
      await server.kill();
      await rm(home, { recursive: true, force: true });
    },
  };
}

export type StartedMongo = JavaServer & { uri: string };

/** Starts a server of MongoDB's wire protocol, in memory. With `changeStreams` it has an oplog. */
export async function startMongo({ port = 0, changeStreams = true, optimised = false } = {}): Promise<StartedMongo> {
  const args = [String(port), ...(changeStreams ? ["oplog"] : [])];
  const server = await startJava({ program: "MongoWireServer", classPath: await classPath("mongo"), memory: "512m", args, optimised });
  return { ...server, uri: `mongodb://127.0.0.1:${server.port}` };
}
