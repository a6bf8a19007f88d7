import { randomUUID } from "node:crypto";
import type { UserViewer } from "@main/platform/request.ts";
import { BUSY_DAY, type Clinic } from "../clinic.ts";
import { type Figure, type Spread, time } from "../measure.ts";

const ROWS = 100_000;
/** Longer than it may take. */
const BOMB = "MATCH (a:Patient), (b:Patient), (c:Patient) WHERE a.birthDate < b.birthDate RETURN count(*) AS n";
const RESEARCHER: UserViewer = {
  ...{ kind: "user", userId: "bench-researcher", sessionId: "bench", username: "bench", displayName: "Bench" },
  ...{ roles: ["researcher"], externalId: null, reauthenticatedAt: null },
};

/** Research through its routes: the first answer, a result of 100,000 rows, and what other routes notice of a query that takes all it may. */
export async function research(clinic: Clinic, turns: number): Promise<Figure[]> {
  const ask = clinic.world.as(RESEARCHER);
  const before = performance.now();
  await ask("research", "run", { cypher: "MATCH (p:Patient) RETURN count(p) AS n" });
  const first = performance.now() - before;
  return [
    {
      name: `research, ${sizeOf(clinic)}: first answer`,
      value: first / 1000,
      unit: "s",
      note: "copy, masking, opening",
    },
    ...(await manyRows(clinic)),
    ...(await besideABomb(clinic, turns)),
  ];
}

async function manyRows(clinic: Clinic): Promise<Figure[]> {
  const ask = clinic.world.as(RESEARCHER);
  const rows = `UNWIND range(1, ${ROWS}) AS i RETURN i AS number, 'patient ' + toString(i) AS name, i % 90 AS age`;
  const base = residentKilobytes();
  let most = base;
  const look = setInterval(() => {
    most = Math.max(most, residentKilobytes());
  }, 10);
  const one = await time(5, () => ask("research", "run", { cypher: rows, limit: 1_000 }), 1);
  clearInterval(look);
  return [
    {
      name: `research, ${sizeOf(clinic)}: 100,000 rows, 1,000 shown`,
      value: one.p50,
      unit: "ms",
      goal: { atMost: 300 },
      note: "all rows are kept for paging",
    },
    {
      name: `research, ${sizeOf(clinic)}: memory of the host beyond before`,
      value: most - base,
      unit: "kB",
      goal: { atMost: 256 * 1024 },
      note: "6 results",
    },
  ];
}

/** How much slower other routes are while a query does its worst. */
async function besideABomb(clinic: Clinic, turns: number): Promise<Figure[]> {
  const routes = {
    "patients.search": () => clinic.call("patients", "search", { text: "layla" }),
    "scheduling.listDay": () => clinic.call("scheduling", "listDay", { day: BUSY_DAY }),
  };
  const figures: Figure[] = [];
  for (const [name, call] of Object.entries(routes)) {
    const alone = await time(turns, call);
    const beside = await withBomb(clinic, () => time(turns, call));
    const note = `p95 ${beside.p95.toFixed(1)} ms, alone ${alone.p95.toFixed(1)} ms`;
    figures.push({
      name: `research, ${sizeOf(clinic)}: ${name} beside a bomb`,
      value: beside.p95 / alone.p95,
      unit: "×",
      goal: { atMost: 2 },
      note,
    });
  }
  return figures;
}

async function withBomb(clinic: Clinic, measure: () => Promise<Spread>): Promise<Spread> {
  const ask = clinic.world.as(RESEARCHER);
  const queryId = randomUUID();
  let ended = false;
  const bomb = ask("research", "run", { cypher: BOMB, queryId }).then(
    () => "answered",
    (error: { code?: string }) => {
      ended = true;
      return error.code;
    },
  );
  await new Promise((resolve) => setTimeout(resolve, 500));
  const measured = await measure();
  if (ended) throw new Error(`The bomb ended before the measuring did: ${await bomb}`);
  await ask("research", "cancel", { queryId });
  await bomb;
  return measured;
}

const sizeOf = ({ patients }: Clinic) => `${patients.toLocaleString("en")} patients`;

function residentKilobytes(): number {
  return process.memoryUsage.rss() / 1024;
}
