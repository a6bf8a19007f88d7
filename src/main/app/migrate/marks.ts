import { type SettingDocument, settings } from "../../data/documents/collections.ts";
import { MOVE_MARK, type MoveMark } from "../../data/move-marks.ts";
import type { Place } from "./place.ts";

/** What servers say of a move; null for a folder, which says it by its files. */
export async function readMark({ kind, documents }: Place): Promise<MoveMark["value"] | null> {
  if (kind === "embedded") return null;
  const mark = await documents.collection<SettingDocument>(settings).get(MOVE_MARK);
  return mark === null ? null : (mark.value as MoveMark["value"]);
}

/** Writes down that servers are not to be used by workstations. */
export async function markServers({ kind, documents }: Place, value: MoveMark["value"]): Promise<void> {
  if (kind === "servers") await documents.collection<SettingDocument>(settings).put({ id: MOVE_MARK, value });
}

/** The servers may be used. */
export async function unmarkServers({ documents }: Place): Promise<void> {
  await documents.collection<SettingDocument>(settings).delete({ id: MOVE_MARK });
}
