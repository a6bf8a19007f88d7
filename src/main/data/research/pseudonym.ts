import { createHmac, createSecretKey, randomBytes } from "node:crypto";
import { keptOrMade, type SecretStore } from "../../platform/secrets.ts";

/** Name of the secret that pseudonyms are made with. */
export const PSEUDONYM_KEY = "research-pseudonyms";
const KEY_BYTES = 32;

/** The key of this clinic's pseudonyms, the same on all its workstations; made at the first call. Throws AppError `store-unavailable`. */
export const pseudonymKey = (secrets: SecretStore): Promise<Buffer> => keptOrMade(secrets, PSEUDONYM_KEY, () => randomBytes(KEY_BYTES));

/**
 * Makes pseudonyms of patient ids: the same id has the same one in every snapshot of this installation, so that joins and repeated
 * questions work, and without the key none can be computed from an id.
 */
export function pseudonyms(key: Uint8Array): (id: string) => string {
  // Made once: a key of bytes is imported anew for every pseudonym, which costs four times the rest.
  const secret = createSecretKey(key);
  const known = new Map<string, string>();
  return (id) => {
    let pseudonym = known.get(id);
    if (pseudonym === undefined) {
      pseudonym = `P-${createHmac("sha256", secret).update(id).digest("hex").slice(0, 10)}`;
      known.set(id, pseudonym);
    }
    return pseudonym;
  };
}
