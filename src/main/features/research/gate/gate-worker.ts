/** Entry of the gate's thread: reading a hostile text may take long or much memory, which ends this thread and nothing else. */
import { parentPort } from "node:worker_threads";
import { checkStatement } from "./check.ts";
import type { GateMessage, GateTask } from "./index.ts";
import { loadGrammar } from "./parser.ts";
import type { Verdict } from "./verdict.ts";

const grammar = loadGrammar();
// The parser learns its tables with the first texts it reads: that is not the first researcher's time.
const USUAL = `MATCH p = (a)-[r:R|S*1..2 {x: 1}]->(b {id: $id})<--(), (c) WHERE NOT a.x >= 1.5 AND (a.name STARTS WITH 'x' OR b.y IN [1, 2]) XOR a:B
  OPTIONAL MATCH (a)--(d) WHERE EXISTS { (d)-->(b) WHERE d.z IS NOT NULL } AND COUNT { MATCH (d)-->() } > 1
  WITH DISTINCT a, collect(b)[0..2] AS list, count(*) AS c, CASE a.s WHEN 'x' THEN -1 ELSE 0 END AS k ORDER BY c DESC SKIP 1 LIMIT $n
  CALL (a) { MATCH (a)-->(e) RETURN e UNION RETURN a AS e } UNWIND [x IN range(1, 3) WHERE x % 2 = 0 | {v: x ^ 2}] AS row
  RETURN a, e.f, [(a)-->(g) | g.h], reduce(s = 0, x IN list | s + x.n), any(x IN list WHERE x.n = 1), a {.id, k: k}, CASE WHEN c > 1 THEN row.v END AS v`;
for (const engine of ["neo4j", "embedded"] as const) checkStatement(grammar, USUAL, engine);

const workedMs = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

function examine({ cypher, engine }: GateTask): Verdict | null {
  try {
    return checkStatement(grammar, cypher, engine);
  } catch {
    return null;
  }
}

parentPort?.on("message", (task: GateTask) => {
  const verdict = examine(task);
  parentPort?.postMessage({ kind: "verdict", workedMs: workedMs(), verdict } satisfies GateMessage);
});
parentPort?.postMessage({ kind: "ready", workedMs: workedMs() } satisfies GateMessage);
