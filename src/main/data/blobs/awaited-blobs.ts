import { AppError } from "../../../shared/define.ts";
import type { BlobPort } from "./port.ts";

/** Blobs that can be handed out before their key is known: until `use`, every call fails with `store-unavailable`. */
export interface AwaitedBlobs extends BlobPort {
  use(blobs: BlobPort): void;
}

export function awaitedBlobs(): AwaitedBlobs {
  let found: BlobPort | null = null;
  const blobs = async (): Promise<BlobPort> => {
    if (found === null) throw new AppError("store-unavailable", "The key of the clinic's files is not known yet.");
    return found;
  };
  return {
    use(given) {
      found = given;
    },
    putChunk: async (id, index, bytes) => (await blobs()).putChunk(id, index, bytes),
    getChunk: async (id, index) => (await blobs()).getChunk(id, index),
    stat: async (id) => (await blobs()).stat(id),
    delete: async (id) => (await blobs()).delete(id),
    list: async (after, limit) => (await blobs()).list(after, limit),
    clear: async () => (await blobs()).clear(),
    health: async () => (found === null ? { state: "down", bytes: 0 } : found.health()),
    close: async () => found?.close(),
  };
}
