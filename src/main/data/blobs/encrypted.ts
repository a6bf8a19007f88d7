import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { AppError } from "../../../shared/define.ts";
import type { SecretStore } from "../../platform/secrets.ts";
import { type MasterKey, openMasterKey, SEAL } from "./master-key.ts";
import type { BlobInfo, BlobPort } from "./port.ts";

const CIPHER = "aes-256-gcm";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const OVERHEAD = NONCE_BYTES + TAG_BYTES;
/** Derived keys that are kept: those of the transfers under way. */
const KEPT_KEYS = 64;

/**
 * The same blobs, sealed one chunk at a time with AES-256-GCM: a key of its own for each blob (HKDF of the master key and the blob's id), a
 * random nonce, and the blob's id and the chunk's index as bound data, so that no chunk passes for another. Throws
 * `store-unavailable` when the key that sealed what is there is missing.
 */
export async function encryptedBlobs(inner: BlobPort, secrets: SecretStore): Promise<BlobPort> {
  const master = await openMasterKey(inner, secrets);
  const keyOf = keysOf(master);

  return {
    putChunk: (id, index, bytes) => inner.putChunk(checkedId(id), index, seal(keyOf(id), id, index, bytes)),
    async getChunk(id, index) {
      const sealed = await inner.getChunk(checkedId(id), index);
      return sealed === null ? null : open(keyOf(id), id, index, sealed);
    },
    async stat(id) {
      const info = await inner.stat(checkedId(id));
      return info === null ? null : plainInfo(info);
    },
    delete: (id) => inner.delete(checkedId(id)),
    async list(after, limit) {
      const found = await inner.list(after, limit + 1);
      return found
        .filter(({ id }) => id !== SEAL)
        .slice(0, limit)
        .map(plainInfo);
    },
    async clear() {
      await inner.clear();
      await master.mark();
    },
    health: () => inner.health(),
    close: () => inner.close(),
  };
}

function checkedId(id: string): string {
  if (id === SEAL || id === "") throw new AppError("internal", "This is no id of a blob.");
  return id;
}

function plainInfo({ bytes, ...info }: BlobInfo): BlobInfo {
  return { ...info, bytes: Math.max(0, bytes - info.chunks * OVERHEAD) };
}

function keysOf({ key }: MasterKey): (id: string) => Buffer {
  const kept = new Map<string, Buffer>();
  return (id) => {
    const known = kept.get(id);
    if (known) return known;
    const derived = Buffer.from(hkdfSync("sha256", key, "", `polyclinic blob ${id}`, 32));
    const oldest = kept.size >= KEPT_KEYS ? kept.keys().next().value : undefined;
    if (oldest !== undefined) kept.delete(oldest);
    kept.set(id, derived);
    return derived;
  };
}

const boundTo = (id: string, index: number): Buffer => Buffer.from(`${id}|${index}`);

function seal(key: Buffer, id: string, index: number, bytes: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES }).setAAD(boundTo(id, index));
  return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
}

function open(key: Buffer, id: string, index: number, sealed: Uint8Array): Buffer {
  try {
    const at = sealed.byteLength - TAG_BYTES;
    const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
      .setAAD(boundTo(id, index))
      .setAuthTag(sealed.subarray(at));
    const bytes = decipher.update(sealed.subarray(NONCE_BYTES, at));
    // In this mode nothing comes last; it throws where the tag does not fit.
    decipher.final();
    return bytes;
  } catch {
    throw new AppError("internal", "A chunk of a file is not what was stored.");
  }
}
