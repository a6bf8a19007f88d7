import type { IncomingBytes } from "@main/platform/file-bytes.ts";
import type { RequestContext } from "@main/platform/request.ts";
import { createSpentBytes } from "@main/platform/spent-bytes.ts";
import { AppError } from "@shared/define.ts";
import { CHUNK_BYTES } from "@shared/model/file-types.ts";
import type { UploadService } from "./upload-service.ts";
import { tooLong, type Uploads } from "./uploads.ts";

/** Chunks that share one flush. A transfer has twice as much in memory: what is being written, and what comes meanwhile. */
const AT_ONCE = 4 * CHUNK_BYTES;
/** A sender from whom nothing comes for so long has gone. */
const SILENCE_MS = 60_000;

/**
 * Takes a stream of bytes into an upload, four chunks at a time: while they are written the next four may come, and then the sender waits. When it breaks off,
 * the whole chunks that had arrived stay, and the sender goes on from them.
 */
export function createReceiving(service: Pick<UploadService, "own">, uploads: Uploads, silenceMs = SILENCE_MS) {
  return async (
    { uploadId, offset }: { uploadId: string; offset: number },
    { body, length }: IncomingBytes,
    context: RequestContext,
  ): Promise<{ received: number }> => {
    const { filesize } = await service.own(uploadId, context);
    // Before anything is read: is this where to go on, and can it fit?
    let at = await uploads.append(uploadId, offset, new Uint8Array(0), context.clock);
    if (offset + (length ?? 0) > filesize) throw tooLong();
    let [room, other] = [Buffer.allocUnsafe(AT_ONCE), Buffer.allocUnsafe(AT_ONCE)];
    const spent = createSpentBytes();
    let filled = 0;
    let written: Promise<unknown> = Promise.resolve();
    /** Waits for what was given before, which throws what it threw, and begins to write what is here. */
    const keep = async (bytes = filled) => {
      await written;
      filled = 0;
      if (bytes === 0) return;
      spent(bytes);
      written = uploads.append(uploadId, at, room.subarray(0, bytes), context.clock);
      // Its failure is told where it is waited for.
      written.catch(() => undefined);
      at += bytes;
      [room, other] = [other, room];
    };
    try {
      for await (const piece of listening(body, silenceMs, context.signal)) {
        if (at + filled + piece.byteLength > filesize) throw tooLong();
        for (let taken = 0; taken < piece.byteLength; ) {
          // Up to the end of a stored chunk, so that none is written twice.
          const left = AT_ONCE - (at % CHUNK_BYTES) - filled;
          const part = piece.subarray(taken, taken + left);
          room.set(part, filled);
          filled += part.byteLength;
          taken += part.byteLength;
          if (part.byteLength === left) await keep();
        }
      }
    } catch (error) {
      if (error instanceof AppError && BROKEN_OFF.has(error.code)) await keep(wholeChunks(at, filled));
      await written;
      throw error;
    }
    await keep();
    await written;
    return { received: at };
  };
}

/** Ends of a transfer that are nobody's fault: what had arrived is good. */
const BROKEN_OFF: ReadonlySet<string> = new Set(["cancelled", "timeout"]);

/** As many of `filled` bytes behind `at` as make whole chunks. */
function wholeChunks(at: number, filled: number): number {
  return Math.max(0, Math.floor((at + filled) / CHUNK_BYTES) * CHUNK_BYTES - at);
}

/** The pieces of a body; throws `cancelled` when it breaks off, and `timeout` when it stays silent. */
async function* listening(body: AsyncIterable<Uint8Array>, silenceMs: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const pieces = body[Symbol.asyncIterator]();
  let done: boolean | undefined = false;
  try {
    while (!done) {
      const next = await orSilence(pieces.next(), silenceMs).catch((error: unknown) => {
        if (error instanceof AppError) throw error;
        throw new AppError("cancelled", "The upload broke off. What had arrived stays.");
      });
      if (signal.aborted) throw new AppError("cancelled", "The upload broke off. What had arrived stays.");
      done = next.done;
      if (!next.done) yield next.value;
    }
  } finally {
    // Not awaited: a body that is silent does not answer this either.
    if (!done) void pieces.return?.().catch(() => undefined);
  }
}

async function orSilence<T>(next: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new AppError("timeout", "Nothing more came of the upload. What had arrived stays.")), ms);
  });
  try {
    return await Promise.race([next, silence]);
  } finally {
    clearTimeout(timer);
  }
}
