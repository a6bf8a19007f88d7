import { AppError } from "@shared/define.ts";
import { TEST_PASSWORD } from "../../test/world/clinic-with.ts";
import { type Figure, time } from "../measure.ts";
import type { RawServers } from "../raw-servers.ts";
import type { ServerClinic } from "../server-clinic.ts";

const PATIENCE_MS = 300_000;
const COUNT = "MATCH (p:Patient) RETURN count(p) AS n";
const STEP = "MATCH (d:Doctor)-[:TREATS]->(p:Patient) RETURN d.id AS doctor, count(p) AS patients ORDER BY patients DESC, doctor";

/** Research on servers: the first masked answer with its snapshot, further ones, and queries with identities on Neo4j itself. */
export async function researchOnServers(clinic: ServerClinic, raw: RawServers, turns: number): Promise<Figure[]> {
  const { world } = clinic;
  const admin = await world.signIn("admin", TEST_PASSWORD);
  const account = (username: string) => ({
    ...{ username, displayName: "Bench", roles: ["researcher" as const], password: TEST_PASSWORD, externalId: null },
  });
  const researcher = async (username: string) => {
    await world.call("staff", "createUser", account(username), admin);
    return world.signIn(username, TEST_PASSWORD);
  };
  const masked = world.as(await researcher("bench.masked"));
  const named = await researcher("bench.named");
  const proven = { ...admin, reauthenticatedAt: world.clock.now() };
  await world.call("research", "grantIdentities", { userId: named.userId, reason: "A bench of research on servers", days: 1 }, proven);
  const live = world.as(named);

  const before = performance.now();
  await untilAnswered(() => masked("research", "run", { cypher: COUNT }));
  const first = (performance.now() - before) / 1000;
  const again = await time(turns, () => masked("research", "run", { cypher: STEP }));
  const onNeo4j = await time(turns, () => live("research", "run", { cypher: STEP }));
  const rawly = await time(turns, () => raw.read([STEP, {}]));
  const name = (what: string) => `research, ${clinic.patients.toLocaleString("en")} patients: ${what}`;
  const p50 = (ms: number) => `p50 ${ms.toFixed(1)} ms`;
  return [
    { name: name("first masked answer"), value: first, unit: "s", note: "export in pages, masking, opening" },
    { name: name("masked query, p95"), value: again.p95, unit: "ms", note: p50(again.p50) },
    { name: name("live query, p95"), value: onNeo4j.p95, unit: "ms", note: `${p50(onNeo4j.p50)}; raw driver ${p50(rawly.p50)}` },
  ];
}

/** Asks again where a route gave up before the snapshot was there: it goes on being made. */
async function untilAnswered(ask: () => Promise<unknown>): Promise<void> {
  for (const giveUpAt = performance.now() + PATIENCE_MS; ; ) {
    try {
      await ask();
      return;
    } catch (error) {
      if (!(error instanceof AppError && error.code === "timeout") || performance.now() > giveUpAt) throw error;
    }
  }
}
