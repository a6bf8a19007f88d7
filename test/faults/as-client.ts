import { setTimeout as sleep } from "node:timers/promises";

/** How a client fared that tries again while a store is away. */
export interface Fared<T> {
  answer: T;
  tries: number;
  /** The longest of its calls. */
  longestCallMs: number;
}

const PASSING = new Set(["store-unavailable", "timeout"]);
const PAUSE_MS = 150;
const MOST_TRIES = 12;

/** Calls as a screen does: what was cut off is asked again with the same key, anything else is an answer. */
export async function asClient<T>(call: (again: boolean) => Promise<T>): Promise<Fared<T>> {
  let longestCallMs = 0;
  for (let tries = 1; ; tries += 1) {
    const began = performance.now();
    try {
      const answer = await call(tries > 1);
      return { answer, tries, longestCallMs: Math.max(longestCallMs, performance.now() - began) };
    } catch (error) {
      longestCallMs = Math.max(longestCallMs, performance.now() - began);
      if (!PASSING.has(codeOf(error)) || tries === MOST_TRIES) throw error;
    }
    await sleep(PAUSE_MS * tries);
  }
}

/** The code of a typed error; empty for anything else. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";

/** What a call came to, in a word, and how long it took. */
export async function outcomeOf(call: Promise<unknown>): Promise<{ code: string; ms: number }> {
  const began = performance.now();
  const code = await call.then(
    () => "ok",
    (error: unknown) => codeOf(error) || String(error),
  );
  return { code, ms: performance.now() - began };
}
