import type { Message } from "./types.ts";

/** What stands in a conversation, from top to bottom. */
export type Block =
  | { type: "day"; key: string; day: string }
  | { type: "new"; key: string }
  | { type: "message"; key: string; mine: boolean; message: Message }
  /** Pictures that were sent together stand side by side. */
  | { type: "pictures"; key: string; mine: boolean; messages: readonly Message[] };

const TOGETHER_MS = 5 * 60_000;

interface View {
  me: string;
  dayOf(instant: string): string;
  /** Number of the first message that was unread when the conversation was opened; null for none. */
  newFrom: number | null;
}

const isPicture = (message: Message) => message.kind === "image" && message.withdrawnAt === null;

function joins(block: Block | undefined, message: Message): boolean {
  if (block?.type !== "pictures" || !isPicture(message)) return false;
  const last = block.messages.at(-1);
  return last?.senderId === message.senderId && Date.parse(message.sentAt) - Date.parse(last.sentAt) < TOGETHER_MS;
}

/** The messages with their day lines, the line before what is new, and pictures beside each other. */
export function blocksOf(messages: readonly Message[], { me, dayOf, newFrom }: View): Block[] {
  const blocks: Block[] = [];
  let day = "";
  for (const message of messages) {
    const own = dayOf(message.sentAt);
    if (own !== day) blocks.push({ type: "day", key: `day-${own}-${message.seq}`, day: own });
    day = own;
    if (message.seq === newFrom) blocks.push({ type: "new", key: "new" });
    const before = blocks.at(-1);
    const mine = message.senderId === me;
    if (before?.type === "pictures" && joins(before, message)) {
      blocks[blocks.length - 1] = { ...before, messages: [...before.messages, message] };
    } else if (isPicture(message)) {
      blocks.push({ type: "pictures", key: message.id, mine, messages: [message] });
    } else blocks.push({ type: "message", key: message.id, mine, message });
  }
  return blocks;
}
