/**
 * Entry of the pictures' own process. A stranger's picture can crash a decoder, hang it or eat all memory: here that costs this
 * process, which watches its own memory and whose time the host watches.
 */
import { constants, setPriority } from "node:os";
import { Worker } from "node:worker_threads";
import type { ImageReply, ImageRequest } from "./images-protocol.ts";
import { remakeImage } from "./images-remake.ts";

interface ElectronParentPort {
  postMessage(message: unknown): void;
  on(event: "message", listener: (event: { data: ImageRequest }) => void): void;
}

/** Decoding holds this thread, so another one watches; it ends the process as nothing else can from there. */
const WATCH = `
  const { parentPort } = require("node:worker_threads");
  let most = Infinity;
  parentPort.on("message", (bytes) => { most = bytes; });
  setInterval(() => {
    if (process.memoryUsage.rss() > most) process.kill(process.pid, "SIGKILL");
  }, 10);
`;

const parentPort = (process as { parentPort?: ElectronParentPort }).parentPort;

function send(reply: ImageReply): void {
  if (parentPort !== undefined) parentPort.postMessage(reply);
  else if (process.connected) process.send?.(reply);
}

function take({ id, bytes, side, thumbnailSide, memoryMaxBytes }: ImageRequest): void {
  watch.postMessage(memoryMaxBytes);
  remakeImage(bytes, { side, thumbnailSide }).then(
    (made) => send(made ? { kind: "made", id, ...made } : { kind: "undecodable", id }),
    // What fails beyond decoding leaves the process in doubt: the next picture gets a new one.
    () => process.exit(74),
  );
}

try {
  setPriority(process.pid, constants.priority.PRIORITY_BELOW_NORMAL);
} catch {
  // A system that keeps priorities to itself: time and memory are bounded all the same.
}
const watch = new Worker(WATCH, { eval: true });
watch.unref();
if (parentPort !== undefined) parentPort.on("message", ({ data }) => take(data));
else process.on("message", (request: ImageRequest) => take(request));
process.on("disconnect", () => process.exit(0));
// A terminal or service manager signals the whole group; the host then ends this process itself.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);
send({ kind: "ready" });
