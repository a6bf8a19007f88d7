import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import type { Collection } from "mongodb";
import { AppError } from "../../../shared/define.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Workstation } from "../../platform/server-settings.ts";
import type { PresentWorkstation } from "../stores.ts";
import type { MongoServer } from "./mongo.ts";
import { isDuplicate } from "./mongo-errors.ts";
import { serverNow } from "./mongo-time.ts";

const BEAT_MS = 5_000;
/** Who has not been seen for so long is not there. */
const THERE_MS = 15_000;
/** How often a beat of another process under our id is looked at. */
const LOOK_MS = 500;

/** A workstation as it was last seen. */
interface SeenDocument {
  _id: string;
  name: string;
  version: string;
  /** Made for each run: two runs under one id are told apart by it. */
  run: string;
  host: string;
  pid: number;
  beat: number;
  /** The server's own time at the last beat. */
  seenAt: Date;
}

export interface MongoPresenceOptions {
  server: MongoServer;
  workstation: Workstation;
  /** Of this program. */
  version: string;
  clock: Clock;
  /** Told once when another run took this workstation's place while it could not be seen. */
  replaced?: () => void;
}

/** Another run that is alive has this workstation's id. */
export class CopiedWorkstation extends AppError {
  constructor(message: string) {
    super("conflict", message);
  }
}

/** Who is on the clinic's servers. */
export interface MongoPresence {
  /**
   * Says from now on that this workstation is there; again is fine. Throws AppError `conflict` when another run that is alive has its id: a data
   * folder that was copied. After a crash it is sure of that within 5.5 s; on the same computer at once.
   */
  start(): Promise<void>;
  /** The others, by name. */
  others(): Promise<PresentWorkstation[]>;
  /** Says goodbye. */
  stop(): Promise<void>;
}

/**
 * Presence by beats. When somebody was last seen is written by the server and compared with the server's own time: no workstation's clock counts,
 * whatever it shows. Whether a run under our own id is alive is told by whether its beat moves before our eyes.
 */
export function mongoPresence(options: MongoPresenceOptions): MongoPresence {
  const { server, workstation, version, replaced } = options;
  const run = randomUUID();
  const seen = (): Collection<SeenDocument> => server.db().collection<SeenDocument>("workstations");
  let beating: NodeJS.Timeout | null = null;
  let starting: Promise<void> | null = null;
  const stopBeating = (): void => {
    if (beating) clearInterval(beating);
    beating = null;
  };
  const own = { name: workstation.name, version, run, host: hostname(), pid: process.pid };

  const beat = async (): Promise<void> => {
    const moved = await seen().updateOne({ _id: workstation.id, run }, { $set: own, $inc: { beat: 1 }, $currentDate: { seenAt: true } });
    if (moved.matchedCount > 0) return;
    if (await appear(seen(), workstation.id, own)) return;
    // Somebody took over while we were away.
    const other = await seen().findOne({ _id: workstation.id });
    if (other === null || other.run === run || beating === null) return;
    stopBeating();
    replaced?.();
  };
  const begin = async (): Promise<void> => {
    if (beating) return;
    if (!(await server.run(() => appear(seen(), workstation.id, own)))) await takePlace(options, seen, own);
    beating = setInterval(() => void server.run(beat).catch(() => undefined), BEAT_MS);
    beating.unref();
  };

  return {
    start() {
      starting ??= begin().finally(() => {
        starting = null;
      });
      return starting;
    },
    others: () =>
      server.run(async () => {
        const since = new Date((await serverNow(server.db())) - THERE_MS);
        const found = await seen()
          .find({ _id: { $ne: workstation.id }, seenAt: { $gte: since } })
          .sort({ name: 1, _id: 1 })
          .toArray();
        return found.map(({ _id, name, version: theirs, seenAt }) => ({ id: _id, name, version: theirs, seenAt: seenAt.toISOString() }));
      }),
    async stop() {
      await starting?.catch(() => undefined);
      const wasThere = beating !== null;
      stopBeating();
      // Nobody waits for a server that is away: who is not seen is gone soon.
      if (wasThere && server.state === "up") await server.run(() => seen().deleteOne({ _id: workstation.id, run })).catch(() => undefined);
    },
  };
}

type Own = Pick<SeenDocument, "name" | "version" | "run" | "host" | "pid">;

/** Puts the workstation on the list; false when its id is there already. */
async function appear(seen: Collection<SeenDocument>, id: string, own: Own): Promise<boolean> {
  try {
    await seen.updateOne({ _id: id, run: own.run }, { $set: own, $inc: { beat: 1 }, $currentDate: { seenAt: true } }, { upsert: true });
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
}

/** Takes the place of a run that has ended without a goodbye. Throws `conflict` when it is alive. */
async function takePlace(
  { server, workstation, clock }: MongoPresenceOptions,
  seen: () => Collection<SeenDocument>,
  own: Own,
): Promise<void> {
  const last = await server.run(() => seen().findOne({ _id: workstation.id }));
  const until = clock.monotonic() + BEAT_MS + LOOK_MS;
  let found = last;
  while (found && !isOver(found) && clock.monotonic() < until) {
    if (found.beat !== last?.beat || found.run !== last.run) {
      throw new CopiedWorkstation(
        `Another computer (${found.host}) works as this workstation: its data folder was copied. Delete workstation.json here, then start again.`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    found = await server.run(() => seen().findOne({ _id: workstation.id }));
  }
  const taken = await server.run(() =>
    seen().updateOne(
      { _id: workstation.id, ...(found ? { run: found.run, beat: found.beat } : {}) },
      { $set: own, $inc: { beat: 1 }, $currentDate: { seenAt: true } },
      { upsert: found === null },
    ),
  );
  if (taken.matchedCount === 0 && taken.upsertedCount === 0) throw new CopiedWorkstation("Another run of this workstation has just begun.");
}

/** True when that run was on this computer and its process is no more. */
function isOver({ host, pid }: SeenDocument): boolean {
  if (host !== hostname()) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ESRCH";
  }
}
