/** Entry of the gate's thread: reading a hostile text may take long or much memory, which ends this thread and nothing else. */
import { parentPort } from "node:worker_threads";
import { checkStatement } from "./check.ts";
import type { GateMessage, GateTask } from "./index.ts";
import { loadGrammar } from "./parser.ts";
import type { Verdict } from "./verdict.ts";

const grammar = loadGrammar();
// The parser learns its tables with the first text: that is not the first researcher's time.
checkStatement(grammar, "MATCH (n:Patient)-[r*1..2]->(m) WHERE n.id = $id RETURN n.id AS id, count(*) AS c ORDER BY c LIMIT 5", "embedded");

function answer(message: GateMessage): void {
  parentPort?.postMessage(message);
}

function examine({ cypher, engine }: GateTask): Verdict | null {
  try {
    return checkStatement(grammar, cypher, engine);
  } catch {
    return null;
  }
}

parentPort?.on("message", (task: GateTask) => answer({ kind: "verdict", verdict: examine(task) }));
answer({ kind: "ready" });
