/**
 * Entry of the embedded engine's own process. A statement can crash the engine or hang it, and the engine has no
 * timeout and no memory limit: here that costs a restart, not the application.
 */
import { Outbox } from "./embedded-outbox.ts";
import type { EngineReply, EngineRequest } from "./embedded-protocol.ts";
import { OpenFailure } from "./embedded-recovery.ts";
import { EmbeddedStore, RequestFailure } from "./embedded-store.ts";

/** The way to the host: Node's IPC channel, or Electron's parent port. */
interface ParentLink {
  send(replies: EngineReply[]): void;
  onRequests(listener: (requests: EngineRequest[]) => void): void;
}

interface ElectronParentPort {
  postMessage(message: unknown): void;
  on(event: "message", listener: (event: { data: EngineRequest[] }) => void): void;
}

function parentLink(): ParentLink {
  const port = (process as { parentPort?: ElectronParentPort }).parentPort;
  if (port !== undefined) {
    return { send: (replies) => port.postMessage(replies), onRequests: (listener) => port.on("message", ({ data }) => listener(data)) };
  }
  return {
    send: (replies) => {
      if (process.connected) process.send?.(replies);
    },
    onRequests: (listener) => process.on("message", listener),
  };
}

let store: EmbeddedStore | null = null;

function opened(): EmbeddedStore {
  if (store === null) throw new RequestFailure({ kind: "lost" });
  return store;
}

/** What a request answers beside its id; null where there is no answer. */
async function answer(request: EngineRequest): Promise<Omit<Extract<EngineReply, { ok: true }>, "id" | "ok"> | null> {
  switch (request.kind) {
    case "open":
      store = await EmbeddedStore.open(request.folder, request.expected, request.checkpointBytes);
      return { recovery: store.recovery };
    case "query":
      return { rows: await opened().query(request.transaction, request.begins, request.text, request.writes, request.params) };
    case "commit":
      await opened().commit(request.transaction);
      return {};
    case "rollback":
      opened().rollback(request.transaction);
      return null;
    case "health":
      return { figures: opened().figures() };
    case "snapshot":
      return { file: await opened().snapshot(request.target) };
    case "close":
      await store?.close();
      store = null;
      return {};
  }
}

const link = parentLink();
const outbox = new Outbox<EngineReply>((replies) => link.send(replies));

function take(request: EngineRequest): void {
  answer(request).then(
    (parts) => parts !== null && outbox.post({ id: request.id, ok: true, ...parts }),
    (error: unknown) => {
      if (error instanceof RequestFailure || error instanceof OpenFailure)
        outbox.post({ id: request.id, ok: false, failure: error.failure });
      // A failed sync leaves unknown what is on disk, and any other surprise leaves the engine in doubt: a new process reads the truth.
      else process.exit(74);
    },
  );
}

link.onRequests((requests) => requests.forEach(take));

process.on("disconnect", () => process.exit(0));
// A terminal or service manager signals the whole group; the host then closes the engine in order.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);
