import type { RouteOutput } from "@renderer/lib/api.ts";

export type Conversation = RouteOutput<"messaging", "listConversations">["items"][number];
export type MessagePage = RouteOutput<"messaging", "listMessages">;
export type Message = MessagePage["items"][number];
export type Contact = Conversation["participants"][number];

/** Whom a conversation is with: the participant who is not me. */
export function otherOf(conversation: Pick<Conversation, "participants">, me: string): Contact | undefined {
  return conversation.participants.find(({ userId }) => userId !== me);
}

/** How far the other side has read. */
export function readByOther(conversation: Conversation, me: string): number {
  return Math.max(0, ...conversation.read.filter(({ userId }) => userId !== me).map(({ seq }) => seq));
}
