import { nextId } from "@main/data/graph/next-id.ts";
import { type RequestContext, userOf } from "@main/platform/request.ts";
import type { encountersContract } from "@shared/contract/encounters.ts";
import type { Input } from "@shared/define.ts";
import { keyOf, requireVisit, writeOnce } from "./command.ts";
import type { DraftService } from "./draft-service.ts";
import type { EncountersDeps } from "./needs.ts";
import { advance, atVersion, notEmpty, type Sections, sameSections, sameSubject } from "./rules.ts";
import * as store from "./store.ts";
import * as writes from "./store-writes.ts";

type Routes = typeof encountersContract;

interface NewNote {
  encounterId: string;
  sections: Sections;
  key: string;
  /** Set for an amendment: why, and the version of the visit that was read. */
  amends: { reason: string; version: number } | null;
}

/** Signed notes: of an open visit by any clinician with access, amendments of a finished one by a doctor. */
export function createNoteService(deps: EncountersDeps, drafts: DraftService) {
  /** The note first, then the draft goes: a crash between leaves a draft that is known to be signed (see `drafts`). */
  async function sign(note: NewNote, context: RequestContext): Promise<store.Note> {
    await requireVisit(deps, context, note.encounterId);
    notEmpty(note.sections);
    const signed = await writeOnce(deps.graph, (writer) => write(writer, note, context));
    await drafts.removeSigned(note.encounterId, userOf(context).userId, signed.writtenAt);
    return signed;
  }
  return {
    write: ({ encounterId, sections, key }: Input<Routes["writeNote"]>, context: RequestContext) =>
      sign({ encounterId, sections, key, amends: null }, context),
    amend: ({ encounterId, sections, key, reason, version }: Input<Routes["amendEncounter"]>, context: RequestContext) =>
      sign({ encounterId, sections, key, amends: { reason, version } }, context),
  };
}

async function write(
  writer: Parameters<typeof writes.writeNote>[0],
  { encounterId, sections, amends, ...note }: NewNote,
  context: RequestContext,
): Promise<store.Note> {
  const key = keyOf(context, note.key);
  const [visit, before] = await Promise.all([writes.holdEncounter(writer, encounterId), store.findNoteByKey(writer, key)]);
  if (before) {
    const same = before.encounterId === encounterId && before.kind === (amends ? "amendment" : "note");
    // Words typed after the first try are not signed by it: answering as if they were would lose them.
    sameSubject(same && before.reason === (amends?.reason ?? null) && sameSections(before.sections, sections));
    return before;
  }
  advance(visit.status, amends ? "amend" : "write-note");
  if (amends) atVersion(visit.version, amends.version);
  const head = {
    id: await nextId(writer, "Note"),
    kind: amends ? ("amendment" as const) : ("note" as const),
    reason: amends?.reason ?? null,
    writtenAt: context.clock.now(),
    writtenBy: userOf(context).displayName,
  };
  await writes.writeNote(writer, encounterId, { ...head, ...sections, key });
  if (amends) await writes.markAmended(writer, encounterId);
  return { ...head, encounterId, sections };
}
