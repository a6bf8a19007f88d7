import { writeSync } from "node:fs";
import { viewer } from "../integration/care-world.ts";
import { openWorld } from "../world/open-world.ts";

/** What a draft of that revision says: long enough to tear. */
export const textOf = (revision: number) => `Revision ${revision}: ${"the patient says that it hurts. ".repeat(60)}`;

/** Saves one draft after another until it is killed. Prints `found N` for what was there and `saved N` for each answer. */
export async function main(folder: string, userId: string, encounterId: string): Promise<void> {
  const world = await openWorld({ folder });
  const as = { ...viewer(["doctor"], "D000001"), userId };
  const { draft } = await world.call("encounters", "getDraft", { encounterId }, as);
  const whole = draft === null || draft.sections.plan === textOf(draft.revision);
  writeSync(1, `found ${draft?.revision ?? 0} ${whole ? "whole" : "torn"}\n`);
  for (let revision = (draft?.revision ?? 0) + 1; ; revision += 1) {
    const sections = { complaint: "Pain", examination: "", plan: textOf(revision) };
    await world.call("encounters", "saveDraft", { encounterId, sections, revision }, as);
    writeSync(1, `saved ${revision}\n`);
  }
}
