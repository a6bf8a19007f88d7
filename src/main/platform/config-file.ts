import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { StoreMode } from "../../shared/contract/servers.ts";
import { AppError } from "../../shared/define.ts";

export const CONFIGURATION_FILE = "configuration.json";

const text = z.string().optional();

/** What may stand in the file. What each value may be is the settings' own rule, the same for every source. */
const ConfigurationFile = z.strictObject({
  mode: z.enum(StoreMode.options, `must be one of ${StoreMode.options.join(", ")}`).optional(),
  neo4j: z.strictObject({ uri: text, user: text, database: text, caFile: text.nullable() }).optional(),
  mongodb: z.strictObject({ uri: text, user: text.nullable(), database: text, caFile: text.nullable() }).optional(),
  url: text,
  caFile: text.nullable(),
  workstation: text,
  port: z.int().optional(),
  host: text,
  tlsCert: text,
  tlsKey: text,
  names: z.array(z.string()).optional(),
  anchor: text,
  keys: text,
  rateLimit: text,
  logLevel: text,
});
/** `configuration.json`, as it lies in the data folder. */
export type ConfigurationFile = z.infer<typeof ConfigurationFile>;

/** The file's path in a data folder. */
export const configurationFileOf = (dataFolder: string): string => join(dataFolder, CONFIGURATION_FILE);

/** What the file says; empty when there is none. Throws `invalid-input` that names the file and the field, and never a value. */
export function readConfigurationFile(dataFolder: string): ConfigurationFile {
  const path = configurationFileOf(dataFolder);
  const bytes = readIfThere(path);
  if (bytes === null) return {};
  const parsed = ConfigurationFile.safeParse(parse(bytes, path));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const unknown = issue?.code === "unrecognized_keys" ? issue.keys[0] : undefined;
  const field = [...(issue?.path ?? []), ...(unknown === undefined ? [] : [unknown])].join(".");
  const reason = unknown === undefined ? (issue?.message ?? "is not valid") : whyUnknown(unknown);
  throw new AppError("invalid-input", `${path}: ${field ? `${field}: ` : ""}${reason}. Mend the file or remove it; nothing was changed.`, {
    field: `${CONFIGURATION_FILE}: ${field}`,
  });
}

/** What the file says by the dotted keys of the settings. */
export function flattened(file: ConfigurationFile): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(file)) {
    if (Array.isArray(value)) found.set(key, value.join(","));
    else if (typeof value === "object" && value !== null) {
      for (const [inner, part] of Object.entries(value)) if (typeof part === "string") found.set(`${key}.${inner}`, part);
    } else if (value !== undefined && value !== null) found.set(key, String(value));
  }
  return found;
}

/** Puts the file in place in one step, for its owner alone. Throws `store-unavailable` where the folder does not take it. */
export async function writeConfigurationFile(dataFolder: string, file: ConfigurationFile): Promise<void> {
  const path = configurationFileOf(dataFolder);
  const draft = `${path}.${randomUUID()}`;
  try {
    await mkdir(dataFolder, { recursive: true, mode: 0o700 });
    const handle = await open(draft, "wx", 0o600);
    try {
      await handle.writeFile(`${JSON.stringify(file, null, 2)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw new AppError("store-unavailable", `${path} cannot be written (${codeOf(error)}).`);
  }
}

/** The text of a file; null when there is none. Throws `invalid-input` when it is there and cannot be read. */
export function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const code = codeOf(error);
    // A folder of that name is somebody else's.
    if (code === "ENOENT" || code === "ENOTDIR" || code === "EISDIR") return null;
    throw new AppError("invalid-input", `${path} cannot be read (${code}).`, { field: path });
  }
}

function parse(bytes: string, path: string): unknown {
  try {
    return JSON.parse(bytes);
  } catch {
    // The parser's own words quote the file.
    throw new AppError("invalid-input", `${path} is damaged: it is not JSON. Mend the file or remove it; nothing was changed.`, {
      field: CONFIGURATION_FILE,
    });
  }
}

function whyUnknown(key: string): string {
  return /passw|passphrase|secret/i.test(key)
    ? "passwords do not belong into this file: give them in the environment, or save them in the settings screen"
    : "there is no such setting";
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown cause";
}
