import type { UploadDocument } from "@main/data/documents/collections.ts";
import { shift } from "@main/platform/clock.ts";
import { AppError } from "@shared/define.ts";
import { announce } from "./access.ts";
import type { Finishing } from "./finish-service.ts";
import type { createLimits } from "./limits.ts";
import type { FilesDeps } from "./needs.ts";
import * as store from "./store.ts";
import type { Uploads } from "./uploads.ts";

const EVERY_MS = 3_600_000;
const PART = 500;
const DAY_SECONDS = 24 * 3600;
/** Blobs of uploads carry the upload's id; those of other features have names of another kind, and are swept by them. */
const UPLOAD_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Keeps the stores in step with each other: at the start after a crash, and every hour. */
export function createSweep(deps: FilesDeps, uploads: Uploads, limits: ReturnType<typeof createLimits>, finishing: Finishing) {
  const { graph, blobs, clock, log, leases } = deps;
  let underWay: Promise<unknown> = Promise.resolve();
  let closing = false;

  /** On one workstation at a time: what one removes, another must not find half there. */
  function oneAtATime(work: () => Promise<void>): Promise<void> {
    const done = leases.hold("files-sweep", async () => {
      if (!closing) await work();
    });
    underWay = Promise.allSettled([underWay, done]);
    return done;
  }

  /** Files what was checked and sealed when the last process ended. */
  async function finishSealed(): Promise<void> {
    for (const upload of await uploads.kept.find({ state: "sealed" })) await fileOrDrop(upload);
  }

  async function fileOrDrop(upload: UploadDocument): Promise<void> {
    try {
      await uploads.inLane(upload.id, () => finishing.fileSealed(upload, clock.now()));
    } catch (error) {
      // The patient it was meant for is no more.
      if (!(error instanceof AppError && error.code === "not-found")) throw error;
      await uploads.inLane(upload.id, () => uploads.remove(upload.id));
    }
  }

  /** Gives up what has rested too long, and forgets the keys of what was filed long ago. */
  async function dropExpired(): Promise<void> {
    const now = clock.now();
    for (const { id } of await uploads.kept.find({ expiresAt: { lte: now }, state: { ne: "sealed" } })) {
      await uploads.inLane(id, async () => {
        const upload = await uploads.kept.get(id);
        if (!upload || upload.expiresAt > now) return;
        if (upload.state === "receiving") await uploads.remove(id);
        else if (upload.state === "filed") await uploads.kept.delete({ id });
      });
    }
  }

  /** Removes bytes that no upload and no file knows. An upload's document is there before its bytes and goes after them, so nothing is on its way unknown. */
  async function dropOrphans(): Promise<void> {
    let last: string | null = null;
    for (;;) {
      const part = await blobs.list(last, PART);
      const ids = part.map(({ id }) => id).filter((id) => UPLOAD_ID.test(id));
      const known = new Set((await uploads.kept.find({ id: { in: ids } })).map(({ id }) => id));
      const kept = await graph.read((reader) => store.listKept(reader, ids));
      for (const id of ids) if (!known.has(id) && !kept.has(id)) await blobs.delete(id);
      if (part.length < PART) return;
      last = part.at(-1)?.id ?? null;
    }
  }

  /** The rule of the clinic: bytes of a voided file go after so many days, its record stays. */
  async function purge(): Promise<void> {
    const { purgeAfterDays } = await limits.get();
    const before = shift(clock.now(), -purgeAfterDays * DAY_SECONDS);
    for (;;) {
      const due = await graph.read((reader) => store.listPurgeable(reader, before, PART));
      for (const { id, patientId, blobId } of due) {
        await blobs.delete(blobId);
        await graph.write((writer) => store.markPurged(writer, id, clock.now()));
        announce(deps, patientId, id);
      }
      if (due.length < PART) return;
    }
  }

  const sweep = () =>
    oneAtATime(async () => {
      await dropExpired();
      await dropOrphans();
      await purge();
    });
  const sweepBeside = () =>
    void sweep().catch((error: unknown) => log.error({}, "The sweep of files did not end; the next one makes up for it.", error));
  const timer = setInterval(sweepBeside, EVERY_MS);
  timer.unref();

  return {
    sweep,
    /** Before anybody is served: what was sealed is filed. The sweep begins then, and nobody waits for it. */
    async recover(): Promise<void> {
      await oneAtATime(finishSealed);
      sweepBeside();
    },
    async close(): Promise<void> {
      closing = true;
      clearInterval(timer);
      // Lets a sweep under way come to its end before the stores close.
      await underWay;
    },
  };
}
