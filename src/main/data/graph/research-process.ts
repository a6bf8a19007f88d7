/**
 * Entry of the process that research queries run in: on a snapshot of the graph, or on Neo4j. A query can crash the engine, hang it or answer
 * with more than memory holds: here that costs this process, which the host watches and kills. It opens nothing but what it is told of.
 */
import { readdirSync } from "node:fs";
import { setPriority } from "node:os";
import type { SnapshotFill } from "./embedded-research-fill.ts";
import type { QueryStore, ResearchCall, ResearchEnd, ResearchFailure, ResearchReply } from "./research-protocol.ts";
import { ResearchRefusal } from "./research-refusal.ts";

interface ElectronParentPort {
  postMessage(message: unknown): void;
  on(event: "message", listener: (event: { data: ResearchCall }) => void): void;
}

const ALIVE_MS = 100;
/** Of a core that both want, making a snapshot gets half of what the clinic's own work gets: somebody waits for it, and it comes seldom. */
const PREPARING_PRIORITY = 3;
/** A query gets a tenth, so that it is slow there and not starved. */
const QUERY_PRIORITY = 10;
const PREPARING: ReadonlySet<string> = new Set(["prepare", "fill-nodes", "fill-edges", "fill-end"]);
const OPENING: ReadonlySet<string> = new Set(["open", "connect"]);
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

/** The embedded engine, loaded where it is used: a process that asks Neo4j has no need of it. */
async function embedded() {
  // The engine would take a thread for each core; a query has one, so that the others stay free.
  process.env["RAYON_NUM_THREADS"] = "1";
  process.env["TOKIO_WORKER_THREADS"] = "1";
  return await import("./embedded-research-engine.ts");
}

let store: QueryStore | null = null;
let filling: SnapshotFill | null = null;

function opened(): QueryStore {
  if (store === null) throw new Error("nothing is open");
  return store;
}

async function fill(): Promise<SnapshotFill> {
  filling ??= (await embedded()).beginFill();
  return filling;
}

async function answer(call: ResearchCall): Promise<ResearchEnd> {
  if (!OPENING.has(call.kind)) yieldToOthers(PREPARING.has(call.kind) ? PREPARING_PRIORITY : QUERY_PRIORITY);
  switch (call.kind) {
    case "prepare":
      return { kind: "prepared", ...(await (await embedded()).prepareSnapshot(call)) };
    case "fill-nodes":
      await (await fill()).nodes(call.label, call.scattered, call.nodes);
      return { kind: "filled" };
    case "fill-edges":
      await (await fill()).edges(call.type, call.edges);
      return { kind: "filled" };
    case "fill-end":
      return { kind: "prepared", ...(await (await fill()).save(call.target)) };
    case "open":
      store = await (await embedded()).openSnapshot(call.file, call.snapshot);
      return { kind: "opened" };
    case "connect":
      store = await (await import("./neo4j-research-store.ts")).connectResearch(call.settings, call.timeoutMs);
      return { kind: "opened" };
    case "run":
      return { kind: "ran", ...(await opened().run(call, send)) };
    case "explain":
      return { kind: "explained", ...(await opened().explain(call.cypher, call.parameters)) };
    case "expand":
      return { kind: "expanded", ...(await opened().expand(call.nodeId, call.among, call.limit)) };
    case "describe":
      return { kind: "described", ...(await opened().describe()) };
  }
}

function failureOf(error: unknown): ResearchFailure {
  if (error instanceof ResearchRefusal) return error.failure;
  return store?.failureOf(error) ?? { kind: "unavailable" };
}

async function take(call: ResearchCall): Promise<void> {
  const alive = setInterval(() => void send({ kind: "alive", rssBytes: process.memoryUsage.rss() }), ALIVE_MS);
  try {
    await send(await answer(call));
  } catch (error) {
    await send({ kind: "failed", failure: failureOf(error) });
  } finally {
    clearInterval(alive);
  }
}

if (parentPort !== undefined) parentPort.on("message", ({ data }) => void take(data));
else process.on("message", (call: ResearchCall) => void take(call));

process.on("disconnect", () => process.exit(0));
// A terminal or service manager signals the whole group; the host then ends this process in order.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);
