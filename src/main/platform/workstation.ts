import { randomUUID } from "node:crypto";
import { link, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { AppError } from "../../shared/define.ts";
import type { Workstation } from "./server-settings.ts";

const WorkstationFile = z.object({ id: z.uuid(), name: z.string().trim().min(1).max(200) });

/**
 * This installation among those that share the servers: made once, kept in `workstation.json` of the data folder. The name is what
 * is configured, or else the computer's at the time it was made. Throws `invalid-input` for a damaged file: a new id would look
 * like another writer of the audit trail.
 */
export async function readWorkstation(dataFolder: string, name?: string): Promise<Workstation> {
  const path = join(dataFolder, "workstation.json");
  const kept = (await readKept(path)) ?? (await make(dataFolder, path));
  return { id: kept.id, name: name ?? kept.name };
}

async function make(dataFolder: string, path: string): Promise<Workstation> {
  const made = { id: randomUUID(), name: hostname().trim().slice(0, 200) || "workstation" };
  const draft = `${path}.${made.id}`;
  try {
    await mkdir(dataFolder, { recursive: true, mode: 0o700 });
    await writeFile(draft, `${JSON.stringify(made, null, 2)}\n`, { flag: "wx", mode: 0o600, flush: true });
    // Of two processes that make it at once the first wins: a link does not replace what is there.
    await link(draft, path).catch((error: unknown) => {
      const code = error instanceof Error && "code" in error ? error.code : null;
      if (code === "EEXIST") return;
      // Some file systems have no links.
      if (code === "EPERM" || code === "ENOTSUP") return rename(draft, path);
      throw error;
    });
  } finally {
    await rm(draft, { force: true });
  }
  return (await readKept(path)) ?? made;
}

async function readKept(path: string): Promise<Workstation | null> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  });
  if (text === null) return null;
  const parsed = WorkstationFile.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data;
  const field = String(parsed.error.issues[0]?.path[0] ?? "");
  throw new AppError("invalid-input", `${path} is damaged${field ? ` (${field})` : ""}: bring it back from a copy.`, {
    field: `workstation.json: ${field}`,
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
