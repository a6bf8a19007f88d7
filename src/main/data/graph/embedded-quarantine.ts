import { existsSync } from "node:fs";
import { constants, cp, mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";

/** A copy that is not yet known to be needed. */
export interface SetAside {
  /** Keeps it; answers its folder, relative to the store's. */
  keep(): Promise<string>;
  discard(): Promise<void>;
}

/** Removes copies that a crash cut off. */
export async function sweepPartial(folder: string): Promise<void> {
  const quarantine = join(folder, "quarantine");
  for (const name of await readdir(quarantine).catch(() => [])) {
    if (name.endsWith(".partial")) await rm(join(quarantine, name), { recursive: true, force: true });
  }
}

/** Copies the log beside `name`, before an opening that may cut it. */
export async function setAside(folder: string, name: string): Promise<SetAside> {
  const quarantine = await instantOf(folder, name);
  const partial = join(folder, `${quarantine}.partial`);
  await copyInto(partial, folder, [`${name}.wal`]);
  return {
    keep: async () => {
      await rm(join(folder, quarantine), { recursive: true, force: true });
      await rename(partial, join(folder, quarantine));
      return quarantine;
    },
    discard: () => rm(partial, { recursive: true, force: true }),
  };
}

/** Copies the store's file and everything the engine keeps beside it; answers the copy's folder, relative to the store's. */
export async function keep(folder: string, name: string): Promise<string> {
  const quarantine = await instantOf(folder, name);
  const target = join(folder, quarantine);
  // Named after the files' last change: trying again to open the same damage makes no second copy.
  if (existsSync(target)) return quarantine;
  const partial = `${target}.partial`;
  await copyInto(partial, folder, await besides(folder, name));
  await rename(partial, target);
  return quarantine;
}

/** How many log segments lie beside the store's file, and how long they are together. */
export async function logSegments(file: string): Promise<{ segments: number; bytes: number }> {
  const names = await readdir(`${file}.wal`).catch(() => []);
  const sizes = await Promise.all(names.filter((name) => name.endsWith(".log")).map((name) => lengthOf(join(`${file}.wal`, name))));
  return { segments: sizes.filter((size) => size > 0).length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

/** The bytes of a folder's entries whose names match, with all that is in them. */
export async function sizeOf(folder: string, names: RegExp): Promise<number> {
  let total = 0;
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    if (!names.test(entry.name)) continue;
    const path = join(folder, entry.name);
    total += entry.isDirectory() ? await sizeOf(path, /./) : await lengthOf(path);
  }
  return total;
}

async function lengthOf(path: string): Promise<number> {
  return (await stat(path)).size;
}

async function copyInto(target: string, folder: string, names: readonly string[]): Promise<void> {
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  for (const name of names) await cp(join(folder, name), join(target, name), { recursive: true, mode: constants.COPYFILE_FICLONE });
}

async function besides(folder: string, name: string): Promise<string[]> {
  return (await readdir(folder)).filter((entry) => entry === name || entry.startsWith(`${name}.`));
}

/** `quarantine/<instant>` of the last change of the store's file and its log. */
async function instantOf(folder: string, name: string): Promise<string> {
  const paths = [join(folder, name), join(folder, `${name}.wal`)];
  for (const entry of await readdir(`${join(folder, name)}.wal`).catch(() => [])) paths.push(join(folder, `${name}.wal`, entry));
  const changes = await Promise.all(
    paths.map((path) =>
      stat(path)
        .then((found) => found.mtimeMs)
        .catch(() => 0),
    ),
  );
  return join("quarantine", new Date(Math.max(...changes)).toISOString().replaceAll(":", "-"));
}
