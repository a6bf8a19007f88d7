import type { Log } from "../../platform/log.ts";
import type { Neo4jGraph } from "./neo4j.ts";
import { SWEEP_MARKS } from "./neo4j-schema.ts";

const EVERY_MS = 3_600_000;
/** No write lasts so long: what is older guards nothing any more. */
const OLDER_THAN_MS = 3_600_000;
const BATCH = 5_000;

/** Removes the marks of writes that are long over, now and every hour. Answers what ends it. */
export function keepSweeping(graph: Pick<Neo4jGraph, "run">, log: Log): () => void {
  const sweep = () =>
    sweepMarks(graph, OLDER_THAN_MS).catch(() =>
      log.warn({ store: "graph" }, "Old marks of writes were not removed; tried again in an hour."),
    );
  const timer = setInterval(() => void sweep(), EVERY_MS);
  timer.unref();
  void sweep();
  return () => clearInterval(timer);
}

/** Removes the marks that are older than so many milliseconds, by the server's clock, and answers how many there were. */
export async function sweepMarks(graph: Pick<Neo4jGraph, "run">, olderThanMs: number): Promise<number> {
  for (let swept = 0; ; ) {
    const params = { olderThanMs, limit: BATCH };
    const [row] = await graph.run("write", (transaction) => transaction.run<{ swept: number }>(SWEEP_MARKS, params));
    swept += row?.swept ?? 0;
    if ((row?.swept ?? 0) < BATCH) return swept;
  }
}
