import { hkdfSync, randomBytes } from "node:crypto";
import { AppError } from "../../../shared/define.ts";
import { keptOrMade, type SecretStore } from "../../platform/secrets.ts";
import { StoreNotReady } from "../stores.ts";
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
 * The master key of a blob store: the one that its mark names, or a new one where no blob would be lost by that. Where workstations share
 * the secrets, all that ask at the same moment get the same one, and a key that the mark names is never replaced. Throws
 * `store-unavailable` (of shared secrets StoreNotReady with the cause `key`) with the key's name and the place that was searched when
 * blobs are there and their key is not.
 */
export async function openMasterKey(blobs: BlobPort, secrets: SecretStore): Promise<MasterKey> {
  // Blobs before the mark: another workstation that begins right now marks before it stores.
  const [first] = (await blobs.list(null, 2)).filter(({ id }) => id !== SEAL);
  const marked = await readMark(blobs);
  if (marked === null && first) {
    throw refusal(secrets, "The blob store no longer says which key has sealed its files. Restore it from a backup, then start again.");
  }
  const shared = secrets.kind === "documents";
  const found = marked === null ? null : await secrets.get(shared ? SHARED : nameOf(marked));
  if (marked !== null && found) {
    if (found.length === KEY_BYTES && idOf(found) === marked) return masterKey(blobs, found);
    if (first || shared) throw missing(marked, secrets, "What lies there under its name is another key.");
  }
  if (marked !== null && (first || shared)) throw missing(marked, secrets, "It is not there.");
  return makeKey(blobs, secrets);
}

/** The name of the one key that workstations agree on; where nobody shares, each key has a name of its own. */
const SHARED = "files";

function missing(id: string, secrets: SecretStore, what: string): Error {
  const where = `which was looked for in ${secrets.place}`;
  return refusal(
    secrets,
    `The files of this clinic are sealed with the key ${nameOf(id)}, ${where}. ${what} Nothing was changed: put the key back, then start again.`,
  );
}

function refusal({ kind }: SecretStore, message: string): Error {
  if (kind === "documents") return new StoreNotReady({ store: "documents", cause: "key", message });
  return new AppError("store-unavailable", message);
}

/** Under which name `secrets` has the key that what lies in a blob store is sealed with; null where no mark names one. For moving a clinic. */
export async function sealingKeyName(blobs: BlobPort, secrets: Pick<SecretStore, "kind">): Promise<string | null> {
  const marked = await readMark(blobs);
  if (marked === null) return null;
  return secrets.kind === "documents" ? SHARED : nameOf(marked);
}

/** A new key is read back before anything is sealed with it; of several made at the same moment the one that is kept counts. */
async function makeKey(blobs: BlobPort, secrets: SecretStore): Promise<MasterKey> {
  const made = randomBytes(KEY_BYTES);
  const shared = secrets.kind === "documents";
  const key = await keptOrMade(secrets, shared ? SHARED : nameOf(idOf(made)), () => made);
  if (key.length !== KEY_BYTES || !(shared || key.equals(made))) {
    throw refusal(secrets, `The key that was put into ${secrets.place} does not come back as it was.`);
  }
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
