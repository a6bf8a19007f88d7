/** Keys of this installation, kept where the data is not: whoever copies the data folder has none of them. */
export interface SecretStore {
  /** What keeps them, for `doctor` and the admin: the operating system's key store, or files that only this user can read. */
  readonly kind: "system-key-store" | "file";
  /** Where they lie, in words that IT can act on: a folder, and whose key store seals what is in it. */
  readonly place: string;
  /** The secret of that name; null when there is none. Throws AppError `store-unavailable` when the place cannot be read. */
  get(name: string): Promise<Buffer | null>;
  /** Keeps it; on disk when it resolves. */
  set(name: string, value: Buffer): Promise<void>;
}
