import { callRoute, toAppError } from "@renderer/lib/api.ts";
import { onAppEvent } from "@renderer/lib/app-events.ts";
import { callBig } from "@renderer/lib/big-call.ts";
import { newCommandKey } from "@renderer/lib/command-key.ts";
import { keepHere, keptHere } from "@renderer/lib/kept-here.ts";
import { asBase64 } from "@renderer/lib/picture.ts";
import { useSession } from "@renderer/lib/session-store.ts";
import type { AppError } from "@shared/define.ts";
import { create } from "zustand";
import { catchUp, jumpToNewest, useThreads } from "./thread-store.ts";

export interface OutgoingPicture {
  name: string;
  blob: Blob;
  /** An address of the blob in this page, for its preview. */
  url: string;
  width: number;
  height: number;
}

/** A message of mine on its way. */
export interface Outgoing {
  /** The same at every try, so that the host takes it once. */
  clientId: string;
  conversationId: string;
  text: string | null;
  picture: OutgoingPicture | null;
  /** `held`: the clinic could not be reached, it is tried again by itself. `refused`: it will not go as it is. */
  state: "waiting" | "sending" | "sent" | "held" | "refused";
  /** How much of a picture has gone out, 0 to 1. */
  share: number | null;
  error: AppError | null;
  at: string;
}

const NAME = "outbox";
const AGAIN_MS = 5_000;
const PASSING: readonly string[] = ["store-unavailable", "timeout", "rate-limited"];

// Texts outlive a reload of the page; a picture is too large for the tab's storage, and leaving asks first.
function kept(): Outgoing[] {
  const found = keptHere(NAME);
  return Array.isArray(found) ? (found as Outgoing[]).map((item) => ({ ...item, state: "waiting", error: null })) : [];
}

/** What is on its way, oldest first. */
export const useOutbox = create<{ items: readonly Outgoing[] }>(() => ({ items: kept() }));

function setItems(change: (items: readonly Outgoing[]) => readonly Outgoing[]): void {
  useOutbox.setState(({ items }) => ({ items: change(items) }));
  keepHere(
    NAME,
    useOutbox.getState().items.filter((item) => item.picture === null && item.state !== "sent"),
  );
}

function change(clientId: string, values: Partial<Outgoing>): void {
  setItems((items) => items.map((item) => (item.clientId === clientId ? { ...item, ...values } : item)));
}

function drop(clientId: string): void {
  const gone = useOutbox.getState().items.find((item) => item.clientId === clientId);
  if (gone?.picture) URL.revokeObjectURL(gone.picture.url);
  setItems((items) => items.filter((item) => item.clientId !== clientId));
}

const uploads = new Map<string, AbortController>();

async function carry(item: Outgoing): Promise<void> {
  const { conversationId, clientId, text, picture } = item;
  if (!picture) {
    await callRoute("messaging", "sendText", { conversationId, clientId, text: text ?? "" });
    return;
  }
  const stop = new AbortController();
  uploads.set(clientId, stop);
  try {
    const image = await asBase64(picture.blob);
    const onProgress = (share: number) => change(clientId, { share });
    await callBig("messaging", "sendImage", { conversationId, clientId, image, text }, { signal: stop.signal, onProgress });
  } finally {
    uploads.delete(clientId);
  }
}

/** Sends one message. Answers false where those behind it must wait, or they would overtake it. */
async function deliver(item: Outgoing): Promise<boolean> {
  const { clientId, conversationId } = item;
  change(clientId, { state: "sending", error: null, share: item.picture ? 0 : null });
  try {
    await carry(item);
  } catch (error) {
    const failure = toAppError(error);
    if (failure.code === "cancelled") drop(clientId);
    else if (!PASSING.includes(failure.code)) change(clientId, { state: "refused", error: failure });
    else {
      change(clientId, { state: "held", error: failure, share: null });
      setTimeout(() => void flush(conversationId), failure.data.retryAfterMs ?? AGAIN_MS);
      return false;
    }
    return true;
  }
  change(clientId, { state: "sent" });
  await jumpToNewest(conversationId).catch(() => undefined);
  // Not waited for: the next message need not wait for the reading of this one.
  void catchUp(conversationId);
  return true;
}

/** Takes out what stands in the thread by now. */
function dropArrived(conversationId: string): void {
  const me = useSession.getState().user?.id;
  const arrived = new Set(
    useThreads
      .getState()
      .threads[conversationId]?.messages.filter(({ senderId }) => senderId === me)
      .map((message) => message.clientId),
  );
  for (const item of useOutbox.getState().items) {
    if (item.conversationId === conversationId && item.state !== "sending" && arrived.has(item.clientId)) drop(item.clientId);
  }
}

const running = new Set<string>();

/** Sends what waits in a conversation, one after the other. */
async function flush(conversationId: string): Promise<void> {
  if (running.has(conversationId) || !useSession.getState().token) return;
  running.add(conversationId);
  const next = () =>
    useOutbox
      .getState()
      .items.find((item) => item.conversationId === conversationId && (item.state === "waiting" || item.state === "held"));
  try {
    for (let item = next(); item; item = next()) if (!(await deliver(item))) break;
  } finally {
    running.delete(conversationId);
  }
}

/** Puts a message on its way. It stands in the conversation at once. */
export function send(conversationId: string, content: { text: string | null; picture: OutgoingPicture | null }): void {
  const at = new Date().toISOString();
  const item: Outgoing = { ...content, conversationId, clientId: newCommandKey(), state: "waiting", share: null, error: null, at };
  setItems((items) => [...items, item]);
  void flush(conversationId);
}

/** Tries a message again that was held or refused. */
export function sendAgain(item: Outgoing): void {
  change(item.clientId, { state: "waiting", error: null });
  void flush(item.conversationId);
}

/** Gives a message up: one that waits is never sent, an upload is stopped. */
export function giveUp(item: Outgoing): void {
  const upload = uploads.get(item.clientId);
  if (upload) upload.abort();
  else drop(item.clientId);
}

function flushAll(): void {
  for (const id of new Set(useOutbox.getState().items.map(({ conversationId }) => conversationId))) void flush(id);
}

useThreads.subscribe(() => {
  for (const id of new Set(useOutbox.getState().items.map(({ conversationId }) => conversationId))) dropArrived(id);
});
onAppEvent((heard) => {
  if (heard.type === "resync") flushAll();
});

// What waited through a reload goes on as soon as it is known who is signed in; the next person begins with nothing.
useSession.subscribe((state, before) => {
  if (before.user && state.user?.id !== before.user.id) {
    for (const upload of uploads.values()) upload.abort();
    for (const { picture } of useOutbox.getState().items) if (picture) URL.revokeObjectURL(picture.url);
    useOutbox.setState({ items: [] });
  } else if (state.user && (!before.user || (before.locked && !state.locked))) flushAll();
});
if (useSession.getState().user) flushAll();
