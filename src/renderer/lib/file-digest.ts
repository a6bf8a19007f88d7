import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";

/** Read at once: small enough not to hold up the screen while it is hashed. */
const SLICE_BYTES = 1024 * 1024;

/** SHA-256 of a file in lower-case hex, slice by slice: never the whole of it in memory. Tells how far it is, 0 to 1. */
export async function fileDigest(file: Blob, onProgress: (share: number) => void, signal: AbortSignal): Promise<string> {
  const hash = sha256.create();
  for (let at = 0; at < file.size; at += SLICE_BYTES) {
    signal.throwIfAborted();
    hash.update(new Uint8Array(await file.slice(at, at + SLICE_BYTES).arrayBuffer()));
    onProgress(Math.min(1, (at + SLICE_BYTES) / file.size));
  }
  return bytesToHex(hash.digest());
}
