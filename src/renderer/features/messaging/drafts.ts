import { keepHere, keptHere } from "@renderer/lib/kept-here.ts";
import { useSession } from "@renderer/lib/session-store.ts";
import { create } from "zustand";

interface Draft {
  text: string;
  /** When it was last kept in this tab; null where that did not work. */
  keptAt: string | null;
}

const NAME = "drafts";

function kept(): Record<string, Draft> {
  const found = keptHere(NAME);
  return typeof found === "object" && found !== null ? (found as Record<string, Draft>) : {};
}

/** What was typed and not sent, by conversation: kept in this tab until it is sent or the session ends. */
export const useDrafts = create<{ drafts: Readonly<Record<string, Draft>> }>(() => ({ drafts: kept() }));

/** Keeps the draft of a conversation; nothing typed is no draft. */
export function writeDraft(conversationId: string, text: string): void {
  const { [conversationId]: _before, ...rest } = useDrafts.getState().drafts;
  const keptAt = new Date().toISOString();
  const drafts = text === "" ? rest : { ...rest, [conversationId]: { text, keptAt } };
  const done = keepHere(NAME, drafts);
  useDrafts.setState({ drafts: done || text === "" ? drafts : { ...rest, [conversationId]: { text, keptAt: null } } });
}

useSession.subscribe((state, before) => {
  if (before.user && state.user?.id !== before.user.id) useDrafts.setState({ drafts: {} });
});
