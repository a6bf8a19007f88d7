import { toAppError } from "@renderer/lib/api.ts";
import { useAutosave } from "@renderer/lib/autosave.ts";
import { useUnsavedGuard } from "@renderer/lib/unsaved.ts";
import { useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Draft, keepDraft, readDraft } from "./draft-store.ts";
import { EMPTY, SECTIONS, type Sections } from "./types.ts";

export const isBlank = (sections: Sections) => SECTIONS.every((name) => sections[name].trim() === "");

/** Both texts, section by section; what is the same stands once. */
export function joined(mine: Sections, other: Sections): Sections {
  const join = (one: string, two: string) => (two.includes(one) ? two : one.includes(two) ? one : `${one}\n\n${two}`);
  return {
    complaint: join(mine.complaint, other.complaint),
    examination: join(mine.examination, other.examination),
    plan: join(mine.plan, other.plan),
  };
}

/**
 * The note that is being written: kept as a draft while it is typed. When another window of the same person kept a newer
 * one, nothing is overwritten: the other text is shown and the writer decides.
 */
export function useNote(encounterId: string, draft: Draft | null) {
  const { t } = useTranslation("encounters");
  const [sections, setSections] = useState<Sections>(draft?.sections ?? EMPTY);
  const [other, setOther] = useState<Draft | null>(null);
  const revision = useRef({ number: draft?.revision ?? 0, sections });
  const ended = useRef(false);

  const save = useCallback(
    async (text: Sections) => {
      if (ended.current) return { savedAt: "" };
      // A retry of the same text is the same revision: the answer to the first try may have been lost.
      if (!Object.is(revision.current.sections, text)) revision.current = { number: revision.current.number + 1, sections: text };
      try {
        return await keepDraft(encounterId, text, revision.current.number);
      } catch (error) {
        if (toAppError(error).code === "changed-meanwhile") setOther(await readDraft(encounterId));
        throw error;
      }
    },
    [encounterId],
  );
  const autosave = useAutosave(sections, save, { enabled: other === null });
  const { state, flush } = autosave;
  const unkept = state === "waiting" || state === "saving" || state === "failed";

  useUnsavedGuard(state === "failed", t("note.unsaved"));
  useEffect(() => {
    if (!unkept) return;
    const ask = (event: BeforeUnloadEvent) => {
      void flush();
      event.preventDefault();
    };
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [unkept, flush]);

  /** Go on with this text after another window's draft was seen. */
  const settle = (next: Sections) => {
    revision.current = { number: other?.revision ?? revision.current.number, sections: EMPTY };
    setSections({ ...next });
    setOther(null);
  };

  return {
    sections,
    write: (change: Partial<Sections>) => setSections((now) => ({ ...now, ...change })),
    blank: isBlank(sections),
    autosave: { ...autosave, savedAt: autosave.savedAt ?? draft?.savedAt ?? null },
    conflict: other && {
      other: other.sections,
      keepMine: () => settle(sections),
      takeOther: () => settle(other.sections),
      joinBoth: () => settle(joined(sections, other.sections)),
    },
    /** The note is signed: nothing of it is kept as a draft any more. */
    end: () => {
      ended.current = true;
    },
  };
}

export type WrittenNote = ReturnType<typeof useNote>;
