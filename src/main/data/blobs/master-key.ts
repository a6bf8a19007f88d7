import { hkdfSync, randomBytes } from "node:crypto";
import { AppError } from "../../../shared/define.ts";
import type { SecretStore } from "../../platform/secrets.ts";
import type { BlobPort } from "./port.ts";

/** The blob that says which key has sealed the others. In order of ids it comes first. */
export const SEAL = "!key";
const KEY_BYTES = 32;

/** The key that all others are derived from. */
export interface MasterKey {
  /** Derived from the key itself: it names the key, and tells one key from another. */
  readonly id: string;
  readonly key: Buffer;
  /** Writes down beside the blobs which key seals them. */
  mark(): Promise<void>;
}

/**
 * The master key of a blob store: the one that its mark names, or a new one where no blob would be lost by that. Throws
 * `store-unavailable` with the key's name and the place that was searched when blobs are there and their key is not.
 */
export async function openMasterKey(blobs: BlobPort, secrets: SecretStore): Promise<MasterKey> {
  const marked = await readMark(blobs);
  const [first] = (await blobs.list(null, 2)).filter(({ id }) => id !== SEAL);
  if (marked === null && first) {
    throw new AppError(
      "store-unavailable",
      "blobs.sqlite no longer says which key has sealed its files. Restore it from a backup, then start again.",
    );
  }
  const found = marked === null ? null : await secrets.get(nameOf(marked));
  if (marked !== null && found) {
    if (found.length === KEY_BYTES && idOf(found) === marked) return masterKey(blobs, found);
    if (first) throw missing(marked, secrets, "What lies there under its name is another key.");
  }
  if (marked !== null && first) throw missing(marked, secrets, "It is not there.");
  return makeKey(blobs, secrets);
}

function missing(id: string, { place }: SecretStore, what: string): AppError {
  return new AppError(
    "store-unavailable",
    `The files of this clinic are sealed with the key ${nameOf(id)}, which was looked for in ${place}. ${what} Nothing was changed: put the key back, then start again.`,
  );
}

/** A new key is read back before anything is sealed with it. */
async function makeKey(blobs: BlobPort, secrets: SecretStore): Promise<MasterKey> {
  const key = randomBytes(KEY_BYTES);
  const id = idOf(key);
  await secrets.set(nameOf(id), key);
  const kept = await secrets.get(nameOf(id));
  if (!kept?.equals(key))
    throw new AppError("store-unavailable", `The key that was put into ${secrets.place} does not come back as it was.`);
  const master = masterKey(blobs, key);
  await master.mark();
  return master;
}

function masterKey(blobs: BlobPort, key: Buffer): MasterKey {
  const id = idOf(key);
  return { id, key, mark: () => blobs.putChunk(SEAL, 0, Buffer.from(JSON.stringify({ keyId: id }))) };
}

/** Half of a derivation that serves nothing else: it tells nothing of the key. */
function idOf(key: Buffer): string {
  return Buffer.from(hkdfSync("sha256", key, "", "polyclinic key id", 16)).toString("hex");
}

const nameOf = (id: string): string => `files-${id}`;

async function readMark(blobs: BlobPort): Promise<string | null> {
  const mark = await blobs.getChunk(SEAL, 0);
  const keyId = mark === null ? undefined : /"keyId":"([0-9a-f]{32})"/.exec(Buffer.from(mark).toString("latin1"))?.[1];
  return keyId ?? null;
}
