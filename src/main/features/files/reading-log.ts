import type { Clock } from "@main/platform/clock.ts";
import { type RequestContext, userOf } from "@main/platform/request.ts";
import type { FilesDeps } from "./needs.ts";

/** A reading goes on for so long before it counts as another one. */
const SAME_READING_MS = 3_600_000;
const MOST = 10_000;

/**
 * Who has read a file chunk by chunk goes to the audit trail once, not once a chunk: with `files.getFile`, or, where that was not
 * called in this session within the hour, with the first chunk.
 */
export function createReadingLog({ audit }: Pick<FilesDeps, "audit">) {
  const noted = new Map<string, number>();

  function note(sessionId: string, fileId: string, clock: Clock): void {
    const oldest = noted.size >= MOST ? noted.keys().next().value : undefined;
    if (oldest !== undefined) noted.delete(oldest);
    noted.set(`${sessionId}|${fileId}`, clock.monotonic());
  }

  return {
    note,
    async record(context: RequestContext, fileId: string, patientId: string): Promise<void> {
      const viewer = userOf(context);
      const since = noted.get(`${viewer.sessionId}|${fileId}`);
      if (since !== undefined && context.clock.monotonic() - since < SAME_READING_MS) return;
      await audit.append({
        ...{ phase: "event", requestId: context.requestId, action: "files.readChunk" },
        ...{ actorId: viewer.userId, actorName: viewer.displayName, roles: [...viewer.roles] },
        ...{ subject: { fileId, patientId }, outcome: "ok", reason: null },
      });
      note(viewer.sessionId, fileId, context.clock);
    },
  };
}
