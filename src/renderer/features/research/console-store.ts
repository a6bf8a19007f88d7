import { toAppError } from "@renderer/lib/api.ts";
import { useSession } from "@renderer/lib/session-store.ts";
import type { AppError } from "@shared/define.ts";
import { create } from "zustand";
import type { Finding } from "./editor/worker-messages.ts";
import type { ParameterValue, ParameterValues } from "./parameters/parameter-values.ts";
import type { Cell, Row, RunResult, SavedQuery, View } from "./types.ts";

/** An answer with the statement it is of: the text may have gone on since. */
export interface Answered {
  result: RunResult;
  cypher: string;
  parameters: Record<string, Cell>;
}

export interface Refused {
  error: AppError;
  cypher: string;
}

/** What a query brings to the editor when it is loaded. */
export interface Loaded {
  text: string;
  values: ParameterValues;
  saved?: SavedQuery | null;
}

interface ConsoleState {
  text: string;
  values: ParameterValues;
  /** Parameters that stand in the text, in order. */
  names: string[];
  /** What the parser found; null while it looks. */
  findings: Finding[] | null;
  caret: { line: number; column: number };
  /** The saved query that was loaded, or that the text was saved as. */
  saved: SavedQuery | null;
  /** Text and values that are kept somewhere else too: saved, run, or never touched. */
  kept: string;
  running: { queryId: string; since: number; stopping: boolean } | null;
  answered: Answered | null;
  refused: Refused | null;
  view: View;
  /** The row that was chosen: it is kept, for its page may leave. */
  selected: { index: number; row: Row } | null;
  selectedNode: string | null;
  load(loaded: Loaded): void;
  write(text: string): void;
  give(name: string, value: ParameterValue): void;
  giveAll(values: ParameterValues): void;
  /** Says that what stands in the editor is kept: in the history, or as this saved query. */
  keep(saved?: SavedQuery | null): void;
  clear(): void;
}

const DRAFT_KEY = "polyclinic.research.draft";
// The tab's own storage, like the session itself: a reload keeps the text, signing out removes it.
const storage = globalThis.sessionStorage;

/** A text and its values as one string, to tell whether something was changed. */
function fingerprint(text: string, values: ParameterValues): string {
  return JSON.stringify([text, Object.entries(values).toSorted(([one], [other]) => one.localeCompare(other))]);
}

type Draft = Pick<ConsoleState, "text" | "values" | "kept" | "saved">;

function draft(): Draft {
  const empty = { text: "", values: {}, kept: fingerprint("", {}), saved: null };
  try {
    const kept = JSON.parse(storage?.getItem(DRAFT_KEY) ?? "null") as Draft | null;
    return kept && typeof kept.text === "string" ? { ...empty, ...kept } : empty;
  } catch {
    storage?.removeItem(DRAFT_KEY);
    return empty;
  }
}

const blank = {
  names: [],
  findings: null,
  caret: { line: 1, column: 1 },
  saved: null,
  running: null,
  answered: null,
  refused: null,
  view: "table" as View,
  selected: null,
  selectedNode: null,
};

/** What the console holds while somebody is signed in; other screens leave it as it is. */
export const useConsole = create<ConsoleState>((set) => ({
  ...blank,
  ...draft(),
  // A stored query brings exactly the parameters that stand in it; the editor looks for itself a moment later.
  load: ({ text, values, saved = null }) =>
    set({
      text,
      values,
      names: Object.keys(values),
      saved,
      kept: fingerprint(text, values),
      refused: null,
      selected: null,
      selectedNode: null,
    }),
  write: (text) => set((state) => ({ text, refused: state.refused?.cypher === text ? state.refused : null })),
  give: (name, value) => set((state) => ({ values: { ...state.values, [name]: value } })),
  giveAll: (values) => set({ values }),
  keep: (saved) => set((state) => ({ kept: fingerprint(state.text, state.values), ...(saved === undefined ? {} : { saved }) })),
  clear: () => set({ ...blank, text: "", values: {}, kept: fingerprint("", {}) }),
}));

/** Whether the editor holds what is neither saved nor in the history. */
export function isUnsaved({ text, values, kept }: Pick<ConsoleState, "text" | "values" | "kept">): boolean {
  return text.trim() !== "" && fingerprint(text, values) !== kept;
}

/** Whether text or values have gone on since they were loaded from, or saved as, the saved query. */
export function differsFromSaved({ text, saved }: Pick<ConsoleState, "text" | "saved">, parameters: Record<string, Cell>): boolean {
  return saved !== null && (saved.cypher !== text || fingerprintOf(saved.parameters) !== fingerprintOf(parameters));
}

const fingerprintOf = (parameters: Record<string, Cell>) =>
  JSON.stringify(Object.entries(parameters).toSorted(([one], [other]) => one.localeCompare(other)));

useConsole.subscribe(({ text, values, kept, saved }, before) => {
  if (text === before.text && values === before.values && kept === before.kept && saved === before.saved) return;
  if (text === "") storage?.removeItem(DRAFT_KEY);
  else storage?.setItem(DRAFT_KEY, JSON.stringify({ text, values, kept, saved } satisfies Draft));
});

// What was read and typed belongs to the person: nothing of it stays for who signs in next.
useSession.subscribe((session, before) => {
  if (before.token !== null && session.token === null) useConsole.getState().clear();
});

/** A failure of a run, as the screen keeps it. */
export function refusedBy(error: unknown, cypher: string): Refused {
  return { error: toAppError(error), cypher };
}
