import { callRoute, queryClient, routeKey } from "@renderer/lib/api.ts";
import { useSession } from "@renderer/lib/session-store.ts";
import { useEffect, useMemo, useRef, useState } from "react";
import { type Outgoing, useOutbox } from "./outbox.ts";
import { lastSeq, type Thread } from "./thread.ts";
import { openThread, useThreads } from "./thread-store.ts";
import type { Conversation } from "./types.ts";

/** The messages of a conversation, and mine that are on their way to it. */
export function useThread(id: string, me: string) {
  const thread = useThreads((state) => state.threads[id]);
  const problem = useThreads((state) => state.problems[id]);
  const items = useOutbox((state) => state.items);
  useEffect(() => void openThread(id), [id]);
  const outgoing = useMemo((): Outgoing[] => {
    const arrived = new Set(thread?.messages.filter(({ senderId }) => senderId === me).map(({ clientId }) => clientId));
    return items.filter((item) => item.conversationId === id && !arrived.has(item.clientId));
  }, [items, thread, id, me]);
  return { thread, problem, outgoing };
}

/** Whether somebody looks at this window: it is in front, visible and not locked. */
function useLookedAt(): boolean {
  const locked = useSession((state) => state.locked);
  const [looked, setLooked] = useState(() => document.hasFocus());
  useEffect(() => {
    const look = () => setLooked(document.visibilityState === "visible" && document.hasFocus());
    look();
    const signs = ["focus", "blur"] as const;
    for (const sign of signs) globalThis.addEventListener(sign, look);
    document.addEventListener("visibilitychange", look);
    return () => {
      for (const sign of signs) globalThis.removeEventListener(sign, look);
      document.removeEventListener("visibilitychange", look);
    };
  }, []);
  return looked && !locked;
}

function staleCounts(): void {
  void queryClient.invalidateQueries({ queryKey: routeKey("messaging", "listConversations") });
  void queryClient.invalidateQueries({ queryKey: routeKey("notifications") });
}

/**
 * Tells the clinic how far I have read: what stands at the end of the conversation, while somebody looks at it. After
 * `keepUnread` nothing is told until the conversation is opened anew.
 */
export function useReading(conversation: Conversation, thread: Thread | undefined, atEnd: boolean, me: string) {
  const lookedAt = useLookedAt();
  const told = useRef(0);
  const kept = useRef(false);
  const mine = conversation.read.find(({ userId }) => userId === me)?.seq ?? 0;
  const last = thread?.hasLater ? 0 : lastSeq(thread);
  const { id } = conversation;
  useEffect(() => {
    if (!lookedAt || !atEnd || kept.current || last === 0 || last <= Math.max(mine, told.current)) return;
    told.current = last;
    callRoute("messaging", "markRead", { conversationId: id, seq: last }).then(staleCounts, () => {
      told.current = 0;
    });
  }, [lookedAt, atEnd, last, mine, id]);
  return {
    /** Counts this message and what follows as unread again. */
    keepUnread: async (seq: number) => {
      kept.current = true;
      told.current = 0;
      await callRoute("messaging", "markUnread", { conversationId: id, seq });
      staleCounts();
    },
  };
}
