import { createCipheriv, createDecipheriv, randomBytes, type ScryptOptions, scrypt } from "node:crypto";
import { AppError } from "../../../shared/define.ts";
import type { SecretStore } from "../../platform/secrets.ts";
import { StoreNotReady } from "../stores.ts";
import { type SecretDocument, secrets } from "./coordination.ts";
import { type DocumentPort, DuplicateDocument } from "./port.ts";

const CIPHER = "aes-256-gcm";
const TAG_BYTES = 16;
const SALT_BYTES = 16;
const NONCE_BYTES = 12;
/** 32 MiB and some 100 ms for each guess at a passphrase. */
const SCRYPT: ScryptOptions = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 2 ** 20 };

export interface SharedSecretsOptions {
  documents: Pick<DocumentPort, "collection">;
  /** Seals what is kept (POLYCLINIC_KEY_PASSPHRASE); null leaves that to who may read the store. */
  passphrase: string | null;
}

/**
 * Keys that all workstations of a clinic share, in the document store: apart from the bytes that they seal. A name is given once; a second
 * value for it is refused with `conflict`, so that no workstation replaces a key that others have sealed with. `get` throws StoreNotReady with
 * the cause `key` where the passphrase is missing or another one.
 */
export function sharedSecrets({ documents, passphrase }: SharedSecretsOptions): SecretStore {
  const collection = documents.collection<SecretDocument>(secrets);
  const get = async (name: string): Promise<Buffer | null> => {
    const kept = await collection.get(name);
    return kept === null ? null : open(kept, passphrase);
  };
  return {
    kind: "documents",
    place: "the collection secrets of the clinic's document store",
    get,
    async set(name, value) {
      try {
        await collection.insert(await close(name, value, passphrase));
      } catch (error) {
        if (!(error instanceof DuplicateDocument)) throw error;
        const kept = await get(name);
        if (!kept?.equals(value)) throw new AppError("conflict", `Another key is kept under the name ${name}.`);
      }
    },
  };
}

async function close(id: string, value: Buffer, passphrase: string | null): Promise<SecretDocument> {
  if (passphrase === null) return { id, value: value.toString("base64"), sealed: null };
  const salt = randomBytes(SALT_BYTES);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, await keyOf(passphrase, salt), nonce, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(id));
  const bytes = Buffer.concat([cipher.update(value), cipher.final(), cipher.getAuthTag()]);
  return { id, value: bytes.toString("base64"), sealed: { salt: salt.toString("base64"), nonce: nonce.toString("base64") } };
}

async function open({ id, value, sealed }: SecretDocument, passphrase: string | null): Promise<Buffer> {
  const bytes = Buffer.from(value, "base64");
  if (sealed === null) return bytes;
  if (passphrase === null) {
    throw noKey(
      "The clinic's keys are sealed with a passphrase, which is not given here. Set POLYCLINIC_KEY_PASSPHRASE, then start again.",
    );
  }
  const key = await keyOf(passphrase, Buffer.from(sealed.salt, "base64"));
  try {
    const at = bytes.byteLength - TAG_BYTES;
    const decipher = createDecipheriv(CIPHER, key, Buffer.from(sealed.nonce, "base64"), { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(id))
      .setAuthTag(bytes.subarray(at));
    return Buffer.concat([decipher.update(bytes.subarray(0, at)), decipher.final()]);
  } catch {
    throw noKey("POLYCLINIC_KEY_PASSPHRASE is not the passphrase that the clinic's keys are sealed with. Nothing was changed.");
  }
}

const noKey = (message: string): StoreNotReady => new StoreNotReady({ store: "documents", cause: "key", message });

function keyOf(passphrase: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // Typed on one keyboard or another, a letter with its mark may be one code point or two.
    scrypt(passphrase.normalize("NFC"), salt, 32, SCRYPT, (error, key) => (error ? reject(error) : resolve(key)));
  });
}
