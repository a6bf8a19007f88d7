/**
 * Entry of the process that research queries run in, on a snapshot of the graph. A query can crash the engine, hang it or eat all
 * memory: here that costs this process, which the host watches and kills. It opens nothing but the files it is told of.
 */
import { readdirSync } from "node:fs";
import { setPriority } from "node:os";
import { readResearchFailure } from "./embedded-research-failures.ts";
import type { ResearchCall, ResearchEnd, ResearchReply } from "./research-protocol.ts";
import type { ResearchStore } from "./embedded-research-store.ts";

interface ElectronParentPort {
  postMessage(message: unknown): void;
  on(event: "message", listener: (event: { data: ResearchCall }) => void): void;
}

const ALIVE_MS = 100;
/** Of a core that both want, making a snapshot gets half of what the clinic's own work gets: somebody waits for it, and it comes seldom. */
const PREPARING_PRIORITY = 3;
/** A query gets a tenth, so that it is slow there and not starved. */
const QUERY_PRIORITY = 10;
const parentPort = (process as { parentPort?: ElectronParentPort }).parentPort;

/** Sends a reply; resolves when the channel took it, so that rows do not pile up in this process. */
function send(reply: ResearchReply): Promise<void> {
  if (parentPort !== undefined) {
    parentPort.postMessage(reply);
    return new Promise((resolve) => setImmediate(resolve));
  }
  if (!process.connected) return Promise.resolve();
  return new Promise((resolve) => process.send?.(reply, () => resolve()));
}

/** The clinic's own work goes first, whatever a query does. On Linux each thread has a priority of its own, and new ones inherit it. */
function yieldToOthers(priority: number): void {
  const threads = process.platform === "linux" ? readdirSync("/proc/self/task").map(Number) : [];
  for (const id of [process.pid, ...threads]) {
    try {
      setPriority(id, priority);
    } catch {
      // A thread that has just ended, or a system that keeps priorities to itself: the limits hold all the same.
    }
  }
}

async function load() {
  // The engine would take a thread for each core; a query has one, so that the others stay free.
  process.env["RAYON_NUM_THREADS"] = "1";
  process.env["TOKIO_WORKER_THREADS"] = "1";
  const { openResearchStore } = await import("./embedded-research-store.ts");
  const { prepareSnapshot } = await import("./embedded-research-prepare.ts");
  const { default: grafeo } = await import("@grafeo-db/js");
  return { grafeo, openResearchStore, prepareSnapshot };
}

const loaded = load();
let store: ResearchStore | null = null;

function opened(): ResearchStore {
  if (store === null) throw new Error("nothing is open");
  return store;
}

async function answer(call: ResearchCall): Promise<ResearchEnd> {
  const { grafeo, openResearchStore, prepareSnapshot } = await loaded;
  if (call.kind !== "open") yieldToOthers(call.kind === "prepare" ? PREPARING_PRIORITY : QUERY_PRIORITY);
  switch (call.kind) {
    case "prepare":
      return { kind: "prepared", schema: await prepareSnapshot(grafeo, call) };
    case "open":
      store = await openResearchStore(grafeo, call.file, call.snapshot);
      return { kind: "opened" };
    case "run":
      return { kind: "ran", ...(await opened().run(call, send)) };
    case "explain":
      return { kind: "explained", text: await opened().explain(call.cypher, call.parameters) };
    case "expand":
      return { kind: "expanded", ...opened().expand(call.nodeId, call.among, call.limit) };
  }
}

async function take(call: ResearchCall): Promise<void> {
  const alive = setInterval(() => void send({ kind: "alive", rssBytes: process.memoryUsage.rss() }), ALIVE_MS);
  try {
    await send(await answer(call));
  } catch (error) {
    await send({ kind: "failed", failure: readResearchFailure(error) });
  } finally {
    clearInterval(alive);
  }
}

if (parentPort !== undefined) parentPort.on("message", ({ data }) => void take(data));
else process.on("message", (call: ResearchCall) => void take(call));

process.on("disconnect", () => process.exit(0));
// A terminal or service manager signals the whole group; the host then ends this process in order.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);
