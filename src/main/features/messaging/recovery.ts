import {
  type ConversationDocument,
  conversations as conversationsSpec,
  messages as messagesSpec,
} from "@main/data/documents/collections.ts";
import { shift } from "@main/platform/clock.ts";
import type { Conversations } from "./conversations.ts";
import type { MessagingDeps } from "./needs.ts";
import { BLOB_PREFIX, type Pictures } from "./pictures.ts";

const PART = 500;
/** Pictures come before their message. One that is younger may be on its way at another workstation, whose clock may differ by hours. */
const DAY_SECONDS = 24 * 3600;

/**
 * Finishes what a crash left: conversations that are behind their messages, pictures of withdrawn messages, and pictures of yesterday or
 * before whose message was never stored. Other workstations may be serving meanwhile.
 */
export function createRecovery(
  { documents, blobs, clock }: Pick<MessagingDeps, "documents" | "blobs" | "clock">,
  conversations: Conversations,
  pictures: Pictures,
) {
  const found = documents.collection(conversationsSpec);
  const messages = documents.collection(messagesSpec);

  async function bringUp(): Promise<void> {
    let part: ConversationDocument[] = [];
    let last = "";
    do {
      part = await found.find({ id: { gt: last } }, { sort: { id: "asc" }, limit: PART });
      await conversations.catchUpAll(part);
      last = part.at(-1)?.id ?? last;
    } while (part.length === PART);
  }

  async function sweepPictures(): Promise<void> {
    const yesterday = shift(clock.now(), -DAY_SECONDS);
    let last = BLOB_PREFIX;
    for (;;) {
      const part = (await blobs.list(last, PART)).filter(({ id }) => id.startsWith(BLOB_PREFIX));
      const ids = part.map(({ id }) => id.slice(BLOB_PREFIX.length));
      const kept = await messages.find({ id: { in: ids } });
      const pictureOf = new Map(kept.map((message) => [`${BLOB_PREFIX}${message.id}`, message.image?.blobId ?? null]));
      for (const { id, createdAt } of part) {
        const picture = pictureOf.get(id);
        const isNobodys = picture === undefined ? createdAt < yesterday : picture !== id;
        if (isNobodys) await pictures.remove(id);
      }
      if (part.length < PART) return;
      last = part.at(-1)?.id ?? last;
    }
  }

  return async () => {
    await bringUp();
    await sweepPictures();
  };
}
