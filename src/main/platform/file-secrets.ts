import { randomUUID } from "node:crypto";
import { chmod, mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../../shared/define.ts";
import type { SecretStore } from "./secrets.ts";

/** One file a secret, readable by its owner alone, in a folder of the same kind: `<name>.key`, base64. */
export function fileSecrets(folder: string): SecretStore {
  return {
    kind: "file",
    place: `the folder ${folder}`,
    async get(name) {
      const text = await readSecretFile(folder, `${checkedName(name)}.key`);
      return text === null ? null : Buffer.from(text.toString("latin1"), "base64");
    },
    set: (name, value) => writeSecretFile(folder, `${checkedName(name)}.key`, Buffer.from(`${value.toString("base64")}\n`)),
  };
}

/** Names become file names, so they are nothing but that. */
export function checkedName(name: string): string {
  if (!/^[a-z0-9-]{1,80}$/.test(name)) throw new TypeError("The name of a secret is lower-case letters, digits and -.");
  return name;
}

/** The bytes of a secret's file; null when it is not there. Throws `store-unavailable` when it cannot be read. */
export async function readSecretFile(folder: string, file: string): Promise<Buffer | null> {
  try {
    return await readFile(join(folder, file));
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw new AppError("store-unavailable", `The key file ${join(folder, file)} cannot be read (${codeOf(error)}).`);
  }
}

/** Puts a secret's file in place in one step, flushed with its name. Throws `store-unavailable` when the folder cannot take it. */
export async function writeSecretFile(folder: string, file: string, bytes: Uint8Array): Promise<void> {
  const draft = join(folder, `.${file}.${randomUUID()}`);
  try {
    const made = await mkdir(folder, { recursive: true, mode: 0o700 });
    // The process's umask may have taken rights away from the owner too.
    if (made !== undefined) await chmod(folder, 0o700);
    const handle = await open(draft, "wx", 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, join(folder, file));
    await syncFolder(folder);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw new AppError(
      "store-unavailable",
      `The key folder ${folder} cannot be written (${codeOf(error)}). Name another one with --keys or POLYCLINIC_KEYS.`,
    );
  }
}

/** Makes the names in a folder durable. Windows has no such call and needs none. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown cause";
}
