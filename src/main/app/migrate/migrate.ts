import { randomUUID } from "node:crypto";
import { AppError } from "@shared/define.ts";
import { prepareFolder } from "../../data/data-folder.ts";
import { takeSqliteLock } from "../../data/documents/sqlite-lock.ts";
import { isMoved, type MoveState, readMove, writeMove } from "../../data/move-marks.ts";
import type { Clock } from "../../platform/clock.ts";
import { lockFolder } from "../../platform/folder-lock.ts";
import type { Log } from "../../platform/log.ts";
import type { ProcessLauncher } from "../../platform/process-launcher.ts";
import type { SecretStore } from "../../platform/secrets.ts";
import type { ServerSettings } from "../../platform/server-settings.ts";
import { type Comparison, compare } from "./compare.ts";
import { contentsOf, emptyPlace } from "./contents.ts";
import { openEmbeddedPlace, setAside } from "./embedded-place.ts";
import { finishMove } from "./finish.ts";
import { markServers, readMark } from "./marks.ts";
import type { Place } from "./place.ts";
import { openServersPlace } from "./servers-place.ts";
import { STEPS } from "./steps.ts";

export interface MigrateOptions {
  to: "servers" | "embedded";
  /** The data folder: it holds the embedded stores, and this workstation's own files in either mode. */
  folder: string;
  servers: ServerSettings;
  graph: ProcessLauncher;
  log: Log;
  clock: Clock;
  /** The keys of this workstation. */
  secrets: SecretStore;
  keyPassphrase: string | null;
  anchorFile?: string;
  /** Empty the target of an unfinished move and begin anew. */
  afresh?: boolean;
  /** Puts into the configuration where the clinic's stores are now; answers what is left to do by hand. */
  configure(to: "servers" | "embedded"): Promise<string[]>;
  /** For whom runs this: one line at a time. */
  say(line: string): void;
  /** Told of every page that has safely arrived. */
  onPage?(step: string): Promise<void>;
}

/** What came of a move: with `equal` the clinic lives in its new place; without, nothing has changed for anybody. */
export interface MoveResult extends Comparison {
  seconds: number;
}

/** The step of a move whose sides were found equal: what is left is to say so everywhere. */
const FINISHING = "finishing";

/**
 * Moves a clinic from its folder to servers, or back: everything, compared by digest at the end. The source stays as it is and in force
 * until then. Run again after it was cut off, it goes on where it was. Throws AppError `conflict` when somebody works on either side or the
 * target is not empty, StoreNotReady when the servers cannot be used.
 */
export async function migrate(options: MigrateOptions): Promise<MoveResult> {
  const started = options.clock.monotonic();
  await prepareFolder(options.folder);
  const lock = await lockFolder(options.folder, takeSqliteLock);
  try {
    const state = await readMove(options.folder);
    refuseOther(options, state);
    const comparison = state?.step === FINISHING ? await finishOnly(options, state) : await moveAll(options, state);
    return { ...comparison, seconds: (options.clock.monotonic() - started) / 1000 };
  } finally {
    await lock.release();
  }
}

function refuseOther({ to, servers }: MigrateOptions, state: MoveState | null): void {
  if (state === null) return;
  if (state.to !== to) {
    throw new AppError(
      "conflict",
      `A move to ${state.to} is not finished: run it to its end first ("polyclinic migrate --to ${state.to}").`,
    );
  }
  if (state.servers !== nameOf(servers)) {
    throw new AppError("conflict", `An unfinished move has to do with ${state.servers}: finish it with these servers first.`);
  }
}

/** The servers in words, without a secret. */
export const nameOf = ({ neo4j, mongodb }: ServerSettings): string =>
  `${neo4j.uri}/${neo4j.database} and ${mongodb.uri.replace(/\/\/[^@/]*@/, "//")} (${mongodb.database})`;

async function moveAll(options: MigrateOptions, begun: MoveState | null): Promise<Comparison> {
  const { from, to, close } = await openBoth(options);
  try {
    await from.refuseWhileUsed();
    await to.refuseWhileUsed();
    await refuseNoClinic(from);
    const state = await begin(options, begun, from, to);
    await runSteps(options, state, from, to);
    const comparison = await compare(from, to, options);
    if (!comparison.equal) return comparison;
    // Whoever has come to work in the meantime wrote what has not moved.
    await from.refuseWhileUsed();
    await to.refuseWhileUsed();
    await writeMove(options.folder, { ...state, step: FINISHING, cursor: null });
    await finish(options, state, from, to);
    return comparison;
  } finally {
    await close();
  }
}

/** The sides were equal and the last word was not said any more. The folder that was left may be closed already. */
async function finishOnly(options: MigrateOptions, state: MoveState): Promise<Comparison> {
  const servers = await openServersPlace(options);
  try {
    const embedded = options.to === "servers" ? null : await openEmbeddedPlace(options, { expected: false });
    try {
      await finish(options, state, servers, embedded ?? servers);
      return { equal: true, rows: [] };
    } finally {
      await embedded?.close();
    }
  } finally {
    await servers.close();
  }
}

async function finish(options: MigrateOptions, { id }: MoveState, from: Place, to: Place): Promise<void> {
  await tellTrail(to, options, id);
  await finishMove({ options, servers: options.to === "servers" ? to : from, id, name: nameOf(options.servers) });
}

async function openBoth(options: MigrateOptions) {
  const { folder, to, clock, say } = options;
  if (to === "embedded" && (await isMoved(folder))) {
    const name = `before-${clock.now().replaceAll(/[:.]/g, "-")}`;
    say(`The folder's stores from before the move to servers are put aside into ${name}.`);
    await setAside(folder, name);
  }
  const servers = await openServersPlace(options);
  try {
    const embedded = await openEmbeddedPlace(options, { expected: to === "servers" });
    const [source, target] = to === "servers" ? [embedded, servers] : [servers, embedded];
    return {
      from: source,
      to: target,
      async close() {
        try {
          await embedded.close();
        } finally {
          await servers.close();
        }
      },
    };
  } catch (error) {
    await servers.close();
    throw error;
  }
}

async function refuseNoClinic(from: Place): Promise<void> {
  const mark = await readMark(from);
  if (mark?.state === "away")
    throw new AppError("conflict", "The clinic has left these servers already: what lies there is as it was then.");
  if (mark) throw new AppError("conflict", "A move to these servers is not finished: there is no whole clinic on them.");
  if ((await contentsOf(from)).length === 0) throw new AppError("not-found", "There is no clinic to move.");
}

/** Begins a move, or goes on with one: in both cases the target is nobody else's. */
async function begin(options: MigrateOptions, begun: MoveState | null, from: Place, to: Place): Promise<MoveState> {
  const { folder, say } = options;
  const sourceHead = (await from.audit.list({ limit: 1 }))[0]?.seq.toString() ?? "";
  const id = begun?.id ?? randomUUID();
  const marked = await readMark(to);
  const fresh: MoveState = {
    ...{ format: 1, id, to: options.to, servers: nameOf(options.servers), sourceHead },
    ...{ step: STEPS[0]?.name ?? "", cursor: null },
  };
  if (begun === null || (to.kind === "servers" && marked?.id !== id)) {
    const found = await contentsOf(to);
    if (found.length > 0 || marked !== null) throw notEmpty(to, found, marked?.state);
    await writeMove(folder, fresh);
    await markServers(to, { state: "unfinished", id });
    return fresh;
  }
  if (options.afresh !== true && begun.sourceHead === sourceHead) {
    say(`Going on with ${begun.step}.`);
    return begun;
  }
  say("The target is emptied and the move begins anew, because the clinic has been used since it began, or as it was asked for.");
  await writeMove(folder, fresh);
  await emptyPlace(to);
  return fresh;
}

function notEmpty(to: Place, found: readonly string[], mark: "unfinished" | "away" | undefined): AppError {
  const where = to.kind === "servers" ? "The servers are" : "The data folder is";
  const why = mark === "away" ? " A clinic has left them and stays there as it was." : mark ? " Another move to them is not finished." : "";
  const what = found.length > 0 ? ` (${found.slice(0, 5).join(", ")})` : "";
  return new AppError(
    "conflict",
    `${where} not empty${what}.${why} Nothing was changed: name ${to.kind === "servers" ? "databases" : "a folder"} without a clinic.`,
  );
}

async function runSteps(options: MigrateOptions, begun: MoveState, from: Place, to: Place): Promise<void> {
  const { folder, say, onPage } = options;
  const first = Math.max(
    0,
    STEPS.findIndex(({ name }) => name === begun.step),
  );
  for (const [index, step] of STEPS.slice(first).entries()) {
    let state: MoveState = { ...begun, step: step.name, cursor: index === 0 ? begun.cursor : null };
    await writeMove(folder, state);
    let total = 0;
    await step.run({ from, to, say }, state.cursor, async (cursor, count) => {
      state = { ...state, cursor };
      await writeMove(folder, state);
      total += count;
      await onPage?.(step.name);
    });
    if (total > 0) say(`${step.name}: ${total}`);
  }
}

/** The trail says that the clinic has moved; a move that was cut off here says it again. */
async function tellTrail(place: Place, { to }: MigrateOptions, id: string): Promise<void> {
  await place.audit.append({
    ...{ phase: "event", requestId: id, action: "system.clinicMoved", actorId: null, actorName: null, roles: [] },
    ...{ subject: { to }, outcome: "ok", reason: null },
  });
}
