import {
  type ConversationDocument,
  conversations as conversationsSpec,
  messages as messagesSpec,
} from "@main/data/documents/collections.ts";
import type { Conversations } from "./conversations.ts";
import type { MessagingDeps } from "./needs.ts";
import { BLOB_PREFIX, type Pictures } from "./pictures.ts";

const PART = 500;

/**
 * Finishes what a crash left: conversations that are behind their messages, and pictures whose message was never stored or has
 * been withdrawn. Runs before anybody is served, so that nothing of it is on its way.
 */
export function createRecovery(
  { documents, blobs }: Pick<MessagingDeps, "documents" | "blobs">,
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
    let last = BLOB_PREFIX;
    for (;;) {
      const part = (await blobs.list(last, PART)).filter(({ id }) => id.startsWith(BLOB_PREFIX));
      const ids = part.map(({ id }) => id.slice(BLOB_PREFIX.length));
      const kept = await messages.find({ id: { in: ids } });
      const wanted = new Set(kept.flatMap(({ image }) => image?.blobId ?? []));
      for (const { id } of part) if (!wanted.has(id)) await pictures.remove(id);
      if (part.length < PART) return;
      last = part.at(-1)?.id ?? last;
    }
  }

  return async () => {
    await bringUp();
    await sweepPictures();
  };
}
