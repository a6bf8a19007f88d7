import { fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { graphFolder, openGraphIn } from "./embedded-graph.ts";
import { reading, writing } from "./graph-statements.ts";
import type { WriterMessage } from "./graph-writer.ts";

/** `GRAPH_KILLS=500 npx vitest run test/contract/faults-graph-kill.test.ts` for the long run. */
const KILLS = Number(process.env.GRAPH_KILLS ?? 21);
const ENGINE_KILLS = 8;
const RESTART_MS = 3_000;
const REOPEN_MS = 5_000;
const WRITER = fileURLToPath(new URL("./graph-writer.ts", import.meta.url));

const addLeft = writing("CREATE (n:Left {pair: $pair}) RETURN n.pair AS pair");
const addRight = writing("CREATE (n:Right {pair: $pair}) RETURN n.pair AS pair");
const findLefts = reading("MATCH (n:Left) RETURN n.pair AS pair ORDER BY pair");
const findRights = reading("MATCH (n:Right) RETURN n.pair AS pair ORDER BY pair");

const worst = (values: readonly number[]) => Math.max(...values).toFixed(0);
let remove: () => Promise<void>;
afterEach(() => remove());

describe("kill -9 during writes", () => {
  it(`of the engine, ${ENGINE_KILLS} times: it is back within 3 s, nothing acknowledged is lost, nothing is partial`, async () => {
    const made = await graphFolder();
    remove = made.remove;
    const graph = await openGraphIn(made.folder);
    const acknowledged: number[] = [];
    const failures: unknown[] = [];
    let next = 0;
    let stopped = false;
    const writeOn = async () => {
      while (!stopped) {
        const pair = next++;
        try {
          await graph.write(async (w) => {
            await w.execute(addLeft, { pair });
            await w.execute(addRight, { pair });
          });
          acknowledged.push(pair);
        } catch (error) {
          failures.push(error);
        }
      }
    };
    const writers = Array.from({ length: 8 }, writeOn);
    const backAfterMs: number[] = [];
    for (let kill = 0; kill < ENGINE_KILLS; kill += 1) {
      await sleep(50 + Math.random() * 100);
      const killedAt = performance.now();
      const back = new Promise<void>((resolve) => {
        const stop = graph.onState((state) => {
          if (state === "up") resolve(stop());
        });
      });
      process.kill(graph.enginePid ?? 0, "SIGKILL");
      await back;
      backAfterMs.push(performance.now() - killedAt);
    }
    stopped = true;
    await Promise.all(writers);
    const lefts = await graph.read((r) => r.query<{ pair: number }>(findLefts));
    const rights = await graph.read((r) => r.query<{ pair: number }>(findRights));
    await graph.close();
    expect(lefts).toEqual(rights);
    const kept = new Set(lefts.map((row) => row.pair));
    expect(acknowledged.filter((pair) => !kept.has(pair))).toEqual([]);
    expect(failures.length).toBeGreaterThan(0);
    expect(failures.filter((error) => (error as { code?: string }).code !== "store-unavailable")).toEqual([]);
    expect(Math.max(...backAfterMs)).toBeLessThan(RESTART_MS);
    console.info(
      `engine killed ${ENGINE_KILLS} times: ${acknowledged.length} writes acknowledged, 0 lost, ${failures.length} failed cleanly, back within ${worst(backAfterMs)} ms`,
    );
  });

  it(
    `of the host, ${KILLS} times: nothing acknowledged is lost, nothing is partial, open again within 5 s`,
    async () => {
      const made = await graphFolder();
      remove = made.remove;
      const acknowledged = new Set<number>();
      const openMs: number[] = [];
      let firstPair = 0;
      for (let kill = 0; kill <= KILLS; kill += 1) {
        // Every third host moves its log into the main file all the time, so that kills hit checkpoints, too.
        const checkpointBytes = kill % 3 === 0 ? 4_096 : 32 * 1024 * 1024;
        const writer = fork(WRITER, [made.folder, String(firstPair), String(checkpointBytes)], { execArgv: [], stdio: "inherit" });
        const found = await firstMessage(writer);
        openMs.push(found.openMs);
        expect(found.lefts).toEqual(found.rights);
        expect(found.damaged).toBe(false);
        const kept = new Set(found.lefts);
        expect([...acknowledged].filter((pair) => !kept.has(pair))).toEqual([]);
        firstPair = Math.max(firstPair, ...found.lefts, ...acknowledged) + 100;
        writer.on("message", (message: WriterMessage) => {
          if (message.kind === "acknowledged") acknowledged.add(message.pair);
        });
        await sleep(30 + Math.random() * 120);
        const ended = once(writer, "close");
        // In half of the rounds the engine dies with the host; in the others it notices that the host is gone.
        if (kill % 2 === 0 && found.enginePid !== undefined) process.kill(found.enginePid, "SIGKILL");
        writer.kill("SIGKILL");
        await ended;
      }
      expect(acknowledged.size).toBeGreaterThan(KILLS);
      expect(Math.max(...openMs)).toBeLessThan(REOPEN_MS);
      console.info(
        `host killed ${KILLS} times: ${acknowledged.size} writes acknowledged, 0 lost, 0 partial, open again within ${worst(openMs)} ms`,
      );
    },
    60_000 + KILLS * 5_000,
  );
});

async function firstMessage(writer: ReturnType<typeof fork>): Promise<Extract<WriterMessage, { kind: "found" }>> {
  const [message] = (await Promise.race([
    once(writer, "message"),
    once(writer, "exit").then(() => Promise.reject(new Error("the writer ended before it had opened the graph"))),
  ])) as [WriterMessage];
  if (message.kind !== "found") throw new Error("the writer told of a write before it had told what it found");
  return message;
}
