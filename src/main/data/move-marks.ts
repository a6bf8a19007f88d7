import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { AppError } from "../../shared/define.ts";
import { type SettingDocument, settings } from "./documents/collections.ts";
import type { DocumentPort } from "./documents/port.ts";
import { StoreNotReady } from "./stores.ts";

/** Says that the clinic of this folder has been moved to servers: what lies here is as it was then. */
const MOVED = "moved.json";
/** How far a move from or to this folder has come. */
const MOVE = "move.json";

/** The document that says that servers are not to be used: a move to them has not ended, or the clinic has left them. */
export const MOVE_MARK = "move";
export type MoveMark = SettingDocument & { value: { state: "unfinished" | "away"; id: string } };

const MoveState = z.object({
  format: z.literal(1),
  /** Tells this move from another. */
  id: z.uuid(),
  to: z.enum(["servers", "embedded"]),
  /** The servers, without a secret. */
  servers: z.string(),
  /** The newest entry of the source's trail when it began: as long as nobody works there, it stays the newest. */
  sourceHead: z.string(),
  /** The step that is under way, and how far it has come. */
  step: z.string(),
  cursor: z.string().nullable(),
});
/** A move that has begun and is not finished. */
export type MoveState = z.infer<typeof MoveState>;

/** The unfinished move of a folder; null when there is none. Throws `store-unavailable` for a file that cannot be understood. */
export async function readMove(folder: string): Promise<MoveState | null> {
  const text = await textOf(folder, MOVE);
  if (text === null) return null;
  try {
    return MoveState.parse(JSON.parse(text));
  } catch {
    throw new AppError("store-unavailable", `${join(folder, MOVE)} is damaged: it cannot be told how far the move has come.`);
  }
}

/** Writes down how far a move has come; on disk when it resolves. */
export const writeMove = (folder: string, state: MoveState): Promise<void> => put(folder, MOVE, state);

export const endMove = (folder: string): Promise<void> => rm(join(folder, MOVE), { force: true });

/** Marks a folder whose clinic lives on servers now. */
export const markMoved = (folder: string, at: string, servers: string): Promise<void> => put(folder, MOVED, { at, servers });

export const isMoved = async (folder: string): Promise<boolean> => (await textOf(folder, MOVED)) !== null;

export const MOVED_FILE = MOVED;

/** Throws `store-unavailable` when the stores of this folder must not be used: the clinic was moved away, or has not fully arrived. */
export async function refuseMoved(folder: string): Promise<void> {
  if (await isMoved(folder)) {
    throw new AppError(
      "store-unavailable",
      `The clinic of this folder was moved to servers: start with their settings. "polyclinic migrate --to embedded" brings it back with all that has happened since. To use the folder as it was before the move, remove its file ${MOVED}.`,
    );
  }
  if ((await readMove(folder))?.to === "embedded") {
    throw new AppError("store-unavailable", 'A move to this folder is not finished: run "polyclinic migrate --to embedded" again.');
  }
}

/** Throws StoreNotReady when the servers must not be used: the clinic was moved away, or has not fully arrived. */
export async function refuseMovedServers(documents: Pick<DocumentPort, "collection">): Promise<void> {
  const mark = await documents.collection<SettingDocument>(settings).get(MOVE_MARK);
  if (mark === null) return;
  const message =
    mark.value["state"] === "away"
      ? "The clinic has left these servers: it was moved back into the data folder of a workstation, which serves it now."
      : 'A clinic is being moved to these servers: wait for its end, or run "polyclinic migrate --to servers" again where it was begun.';
  throw new StoreNotReady({ store: "documents", cause: "schema", message });
}

async function put(folder: string, name: string, value: object): Promise<void> {
  const path = join(folder, name);
  await writeFile(`${path}.tmp`, `${JSON.stringify(value)}\n`, { mode: 0o600, flush: true });
  await rename(`${path}.tmp`, path);
}

async function textOf(folder: string, name: string): Promise<string | null> {
  return readFile(join(folder, name), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw new AppError("store-unavailable", `The file ${name} of the data folder cannot be read (${error.code}).`);
  });
}
