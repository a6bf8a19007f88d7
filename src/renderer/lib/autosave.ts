import type { AppError } from "@shared/define.ts";
import { useCallback, useEffect, useRef, useState } from "react";
import { toAppError } from "./api.ts";

export type AutosaveState = "clean" | "waiting" | "saving" | "saved" | "failed";

interface Autosave {
  state: AutosaveState;
  /** When the newest kept text was kept. */
  savedAt: string | null;
  error: AppError | null;
  /** Keep now what is waiting, and wait for it: before signing, closing, leaving. */
  flush(): Promise<void>;
}

/** Someone who types without a pause is saved all the same. */
const LONGEST_WAIT_MS = 1_500;

/**
 * Keeps `value` a moment after the typing stops, and at least every second and a half while it goes on: one save at a
 * time, the newest text always wins, a failure is tried again every five seconds and at the next key. `save` answers
 * when it was kept.
 */
export function useAutosave<T>(
  value: T,
  save: (value: T) => Promise<{ savedAt: string }>,
  options: { enabled?: boolean; waitMs?: number } = {},
): Autosave {
  const { enabled = true, waitMs = 800 } = options;
  const [state, setState] = useState<AutosaveState>("clean");
  const [savedAt, setSavedAt] = useState<string | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const newest = useRef(value);
  const kept = useRef(value);
  const running = useRef<Promise<void> | null>(null);
  const saver = useRef(save);
  const waitingSince = useRef<number | null>(null);
  newest.current = value;
  saver.current = save;

  const run = useCallback(async (): Promise<void> => {
    if (running.current) await running.current;
    if (Object.is(newest.current, kept.current)) return;
    const text = newest.current;
    waitingSince.current = null;
    setState("saving");
    running.current = saver
      .current(text)
      .then((answer) => {
        kept.current = text;
        setSavedAt(answer.savedAt);
        setError(null);
        setState(Object.is(newest.current, text) ? "saved" : "waiting");
      })
      .catch((failure: unknown) => {
        setError(toAppError(failure));
        setState("failed");
      })
      .finally(() => {
        running.current = null;
      });
    await running.current;
  }, []);

  useEffect(() => {
    if (!enabled || Object.is(value, kept.current)) return;
    setState("waiting");
    waitingSince.current ??= Date.now();
    const left = waitingSince.current + LONGEST_WAIT_MS - Date.now();
    const timer = setTimeout(() => void run(), Math.max(0, Math.min(waitMs, left)));
    return () => clearTimeout(timer);
  }, [value, enabled, waitMs, run]);

  useEffect(() => {
    if (state !== "failed" || !enabled) return;
    const timer = setTimeout(() => void run(), 5_000);
    return () => clearTimeout(timer);
  }, [state, enabled, run]);

  // Leaving the screen keeps what is still waiting.
  useEffect(() => () => void run(), [run]);

  return { state, savedAt, error, flush: run };
}
