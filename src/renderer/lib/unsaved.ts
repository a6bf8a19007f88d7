import { useBlocker } from "@tanstack/react-router";
import { useCallback, useEffect, useId } from "react";
import { create } from "zustand";

interface Unsaved {
  /** What would be lost, by the screen that holds it: words for the question. */
  work: Record<string, string>;
}

/** Work that is typed but not kept. */
export const useUnsavedWork = create<Unsaved>(() => ({ work: {} }));

function forget(id: string): void {
  useUnsavedWork.setState((state) => {
    const { [id]: _gone, ...work } = state.work;
    return { work };
  });
}

/**
 * Say that this screen holds unsaved work, in words (`"The note of Layla Haddad"`): leaving then asks first.
 * Answers `kept`, to be called before going on to what was just saved: the form's own state follows only with the next render.
 */
export function useUnsavedGuard(dirty: boolean, words: string): () => void {
  const id = useId();
  useEffect(() => {
    if (!dirty) return;
    useUnsavedWork.setState((state) => ({ work: { ...state.work, [id]: words } }));
    return () => forget(id);
  }, [dirty, id, words]);
  return useCallback(() => forget(id), [id]);
}

const SETTLE_MS = 50;

function holdsWork(): boolean {
  return Object.keys(useUnsavedWork.getState().work).length > 0;
}

/** The shell's side: blocks navigation and closing while any work is unsaved. */
export function useUnsavedBlocker() {
  const work = useUnsavedWork((state) => state.work);
  const names = Object.values(work);
  const blocker = useBlocker({
    shouldBlockFn: async () => {
      if (!holdsWork()) return false;
      // A form that was just kept says so with its next drawing, a moment after it asked to leave.
      await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
      return holdsWork();
    },
    enableBeforeUnload: holdsWork,
    withResolver: true,
  });
  return { blocker, names };
}
