import { safeStorage } from "electron";
import { AppError } from "../../../shared/define.ts";
import { checkedName, fileSecrets, readSecretFile, writeSecretFile } from "../../platform/file-secrets.ts";
import type { SecretStore } from "../../platform/secrets.ts";

/**
 * Secrets sealed by the operating system's key store (Keychain, DPAPI, Secret Service); what is sealed lies under the user's own
 * folder. Where there is no such store they are files in `fallbackFolder`, as the host keeps them; what lies there already is found.
 * Electron must be ready.
 */
export function osSecrets(sealedFolder: string, fallbackFolder: string): SecretStore {
  const files = fileSecrets(fallbackFolder);
  if (!hasKeyStore()) return files;
  return {
    kind: "system-key-store",
    place: `the folder ${sealedFolder}, sealed by this user's key store of the operating system, and ${files.place}`,
    async get(name) {
      const sealed = await readSecretFile(sealedFolder, `${checkedName(name)}.sealed`);
      return sealed === null ? files.get(name) : unseal(sealed);
    },
    set: (name, value) => writeSecretFile(sealedFolder, `${checkedName(name)}.sealed`, safeStorage.encryptString(value.toString("base64"))),
  };
}

/** On Linux without a secret service Electron "encrypts" with a password that everybody knows: that is no key store. */
function hasKeyStore(): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false;
  return process.platform !== "linux" || safeStorage.getSelectedStorageBackend() !== "basic_text";
}

function unseal(sealed: Buffer): Buffer {
  try {
    return Buffer.from(safeStorage.decryptString(sealed), "base64");
  } catch {
    throw new AppError(
      "store-unavailable",
      "The operating system's key store does not open this clinic's key. Sign in as the user who made it.",
    );
  }
}
