import type { MessageDocument } from "@main/data/documents/collections.ts";
import { AppError } from "@shared/define.ts";
import { CHUNK_BYTES, MESSAGE_IMAGE_BYTES, MESSAGE_IMAGE_SIDE, MESSAGE_THUMBNAIL_SIDE } from "@shared/model/file-types.ts";
import type { MessagingDeps } from "./needs.ts";

type Picture = NonNullable<MessageDocument["image"]>;

/** Pictures of messages lie in the blob store under names of their own, apart from files. */
export const BLOB_PREFIX = "message-";

/** The pictures of messages: made anew before they are kept, kept in the blob store. */
export function createPictures({ blobs, images, log }: Pick<MessagingDeps, "blobs" | "images" | "log">) {
  return {
    /** Makes a stranger's picture anew and keeps it for a message. Throws `unsupported-type` and `too-large`. */
    async take(messageId: string, base64: string): Promise<Picture> {
      const bytes = Buffer.from(base64, "base64");
      if (bytes.length > MESSAGE_IMAGE_BYTES) throw new AppError("too-large", "The picture is larger than 700 kB.", { field: "image" });
      const made = await images.remake(bytes, { side: MESSAGE_IMAGE_SIDE, thumbnailSide: MESSAGE_THUMBNAIL_SIDE });
      const blobId = `${BLOB_PREFIX}${messageId}`;
      for (let index = 0; index * CHUNK_BYTES < made.jpeg.length; index += 1) {
        await blobs.putChunk(blobId, index, made.jpeg.subarray(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES));
      }
      const thumbnail = `data:image/jpeg;base64,${Buffer.from(made.thumbnail).toString("base64")}`;
      return { blobId, width: made.width, height: made.height, bytes: made.jpeg.length, thumbnail };
    },

    /** The whole picture: a message's is small enough to be in memory. */
    async read({ blobId, bytes }: Picture): Promise<Buffer> {
      const chunks: Uint8Array[] = [];
      for (let index = 0; index * CHUNK_BYTES < bytes; index += 1) {
        const chunk = await blobs.getChunk(blobId, index);
        if (!chunk) throw new AppError("not-found", "The picture is gone.");
        chunks.push(chunk);
      }
      return Buffer.concat(chunks);
    },

    /** Removes a picture that no message has any more; what cannot be removed now goes at the next start. */
    async remove(blobId: string): Promise<void> {
      await blobs.delete(blobId).catch((error: unknown) => {
        log.warn({ code: error instanceof AppError ? error.code : "internal" }, "A picture is removed at the next start.");
      });
    },
  };
}

export type Pictures = ReturnType<typeof createPictures>;
