import { access, chmod, constants, mkdir } from "node:fs/promises";
import { AppError } from "../../shared/define.ts";

/** Makes the folder, readable by its owner alone. Throws `store-unavailable` with the cause when it cannot be used. */
export async function prepareFolder(folder: string): Promise<void> {
  try {
    const made = await mkdir(folder, { recursive: true, mode: 0o700 });
    if (made !== undefined) await chmod(folder, 0o700);
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    throw new AppError("store-unavailable", `The data folder cannot be used: ${REASONS[code] ?? code}.`);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "no permission to read and write it",
  EPERM: "no permission to read and write it",
  EROFS: "its disk is read-only",
  ENOENT: "its disk is missing",
  ENOTDIR: "a part of its path is a file",
  EEXIST: "a file of that name exists",
  ENOSPC: "the disk is full",
  ENAMETOOLONG: "its path is too long",
};
