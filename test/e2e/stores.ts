import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { emptyNeo4j } from "../servers/empty-neo4j.ts";
import { dropDatabase, ownServers } from "../world/on-servers.ts";
import { BUILT } from "./host.ts";

/** Whether the journeys' clinics live on servers (`vitest-servers.config.ts`). */
export const ON_SERVERS = process.env.POLYCLINIC_E2E_STORES === "servers";

/** The given servers, emptied for one host: what it needs in its environment, and what cleans up after it. */
export async function ownStores(): Promise<{ env: Record<string, string>; remove(): Promise<void> }> {
  const servers = await ownServers();
  const { neo4j, mongodb } = servers;
  const mongo = new URL(mongodb.uri);
  mongo.pathname = `/${mongodb.database}`;
  return {
    env: {
      NEO4J_URI: neo4j.uri,
      NEO4J_USER: neo4j.user,
      NEO4J_PASSWORD: neo4j.password,
      MONGODB_URI: mongo.href,
      POLYCLINIC_MODE: "servers",
    },
    async remove() {
      await dropDatabase(servers);
      await emptyNeo4j();
    },
  };
}

/** Moves the clinic of a folder to the servers, as IT does. */
export async function moveTo(env: Record<string, string>, folder: string): Promise<void> {
  const settings = { ...process.env, ...env, POLYCLINIC_KEYS: join(folder, "keys") };
  await promisify(execFile)(process.execPath, [join(BUILT, "migrate.js"), "--to", "servers", "--data", folder], { env: settings });
}

const READY_WITHIN_MS = 120_000;

/** A host answers before it has reached its servers: resolves when it has. */
export async function untilOnServers(url: string): Promise<void> {
  const deadline = performance.now() + READY_WITHIN_MS;
  let said = "";
  while (performance.now() < deadline) {
    const answer = await fetch(`${url}/api/system/getConnection`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
    });
    said = await answer.text();
    if (answer.ok && (JSON.parse(said) as { state: string }).state === "ready") return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`the host does not reach its servers: ${said}`);
}
