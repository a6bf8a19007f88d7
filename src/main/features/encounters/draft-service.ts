import { type DraftDocument, drafts as draftsSpec } from "@main/data/documents/collections.ts";
import { DuplicateDocument } from "@main/data/documents/port.ts";
import { type RequestContext, userOf } from "@main/platform/request.ts";
import type { encountersContract } from "@shared/contract/encounters.ts";
import { AppError, type Input } from "@shared/define.ts";
import { requireVisit } from "./command.ts";
import type { EncountersDeps } from "./needs.ts";
import { advance, sameSections } from "./rules.ts";
import { findLastOwnNote } from "./store.ts";

type Routes = typeof encountersContract;
type Saved = Pick<DraftDocument, "revision" | "savedAt">;

/** Compare and set may lose to another window of the same person a few times, not forever. */
const ATTEMPTS = 4;

const draftId = (userId: string, encounterId: string) => `${userId}|${encounterId}`;

/** Unfinished notes: one a person and visit, on disk when `save` resolves. */
export function createDraftService(deps: EncountersDeps) {
  const drafts = deps.documents.collection(draftsSpec);

  /** True when the draft is what a crash left beside its signed note, or an autosave that arrived after the signature. */
  async function isSigned(draft: DraftDocument): Promise<boolean> {
    const note = await deps.graph.read((reader) => findLastOwnNote(reader, draft.encounterId, draft.userId));
    return note !== null && (draft.savedAt < note.writtenAt || sameSections(draft.sections, note));
  }

  /** Puts the revision there if it is newer than what is; null when another call was faster. */
  async function tryToSave(next: DraftDocument): Promise<Saved | null> {
    const { id, sections, revision, savedAt } = next;
    const saved = await drafts.update(id, { sections, revision, savedAt }, { revision: { lt: revision } });
    if (saved) return saved;
    const stored = await drafts.get(id);
    if (!stored) return insert(next);
    if (stored.revision === revision && sameSections(stored.sections, sections)) return stored;
    if (stored.revision < revision) return null;
    if (!(await isSigned(stored))) {
      throw new AppError("changed-meanwhile", "A newer revision of this draft is kept.", { field: "revision" });
    }
    await drafts.delete({ id, revision: stored.revision });
    return null;
  }

  async function insert(draft: DraftDocument): Promise<Saved | null> {
    try {
      await drafts.insert(draft);
      return draft;
    } catch (error) {
      if (error instanceof DuplicateDocument) return null;
      throw error;
    }
  }

  return {
    async save({ encounterId, sections, revision }: Input<Routes["saveDraft"]>, context: RequestContext): Promise<Saved> {
      const visit = await requireVisit(deps, context, encounterId);
      advance(visit.status, "draft");
      const { userId } = userOf(context);
      const next = { id: draftId(userId, encounterId), encounterId, userId, sections, revision, savedAt: context.clock.now() };
      for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
        const saved = await tryToSave(next);
        if (saved) return { revision: saved.revision, savedAt: saved.savedAt };
      }
      throw new AppError("changed-meanwhile", "This draft is being saved elsewhere.", { field: "revision" });
    },

    async get(encounterId: string, context: RequestContext) {
      await requireVisit(deps, context, encounterId);
      const draft = await drafts.get(draftId(userOf(context).userId, encounterId));
      if (!draft || (await isSigned(draft))) return null;
      return { sections: draft.sections, revision: draft.revision, savedAt: draft.savedAt };
    },

    /** Removes the draft of a note that has been signed; what was typed after the signature stays. */
    async removeSigned(encounterId: string, userId: string, writtenAt: string): Promise<void> {
      await drafts.delete({ id: draftId(userId, encounterId), savedAt: { lte: writtenAt } });
    },
  };
}

export type DraftService = ReturnType<typeof createDraftService>;
