import { AppError } from "../../shared/define.ts";

/** Keys of this installation, kept where the data is not: whoever copies the data folder has none of them. */
export interface SecretStore {
  /**
   * What keeps them, for `doctor` and the admin: the operating system's key store, files that only this user can read, or the document store
   * that several workstations share.
   */
  readonly kind: "system-key-store" | "file" | "documents";
  /** Where they lie, in words that IT can act on: a folder, and whose key store seals what is in it. */
  readonly place: string;
  /** The secret of that name; null when there is none. Throws AppError `store-unavailable` when the place cannot be read. */
  get(name: string): Promise<Buffer | null>;
  /**
   * Keeps it; on disk when it resolves. Where workstations share the secrets (`documents`) a name is given once: throws AppError `conflict`
   * when another value is kept under it.
   */
  set(name: string, value: Buffer): Promise<void>;
}

/**
 * The secret of that name, made where there is none. Workstations that share the store and ask at the same moment get the same one: what
 * counts is what the store keeps. Throws AppError `store-unavailable`, also when what was kept does not come back.
 */
export async function keptOrMade(secrets: SecretStore, name: string, make: () => Buffer): Promise<Buffer> {
  const kept = await secrets.get(name);
  if (kept !== null) return kept;
  try {
    await secrets.set(name, make());
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "conflict") throw error;
  }
  const agreed = await secrets.get(name);
  if (agreed === null) throw new AppError("store-unavailable", `The key that was put into ${secrets.place} does not come back.`);
  return agreed;
}
