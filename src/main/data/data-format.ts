import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { AppError } from "../../shared/define.ts";
import { refuseMoved } from "./move-marks.ts";

/** The format of a data folder as a whole: which files it has and what they are for. Each store versions its own layout. Format 2 has `blobs.sqlite`, format 3 also `series.sqlite`. */
export const DATA_FORMAT = 3;

const Marker = z.object({ application: z.literal("polyclinic"), format: z.int().min(1) });

/**
 * Whether the folder's marker `clinic.json` says that it was in use before, and with which format; one that cannot be read says
 * no format. Throws `store-unavailable` for a newer format, and for a clinic that was moved to servers.
 */
export async function readDataFormat(folder: string): Promise<{ used: boolean; format: number | null }> {
  await refuseMoved(folder);
  const path = join(folder, "clinic.json");
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw new AppError("store-unavailable", `The file clinic.json of the data folder cannot be read (${error.code}).`);
  });
  const marker = text === null ? null : parseMarker(text);
  if (marker && marker.format > DATA_FORMAT) {
    throw new AppError(
      "store-unavailable",
      `The data folder has format ${marker.format}; this version of Polyclinic knows formats up to ${DATA_FORMAT}. Install the newer version.`,
    );
  }
  return { used: text !== null, format: marker?.format ?? null };
}

/** Marks a folder whose stores have been opened. A marker cut off by a power loss says nothing that the stores do not: it is replaced. */
export async function writeDataFormat(folder: string): Promise<void> {
  const path = join(folder, "clinic.json");
  const text = `${JSON.stringify({ application: "polyclinic", format: DATA_FORMAT })}\n`;
  if ((await readFile(path, "utf8").catch(() => null)) === text) return;
  await writeFile(`${path}.tmp`, text, { mode: 0o600, flush: true });
  await rename(`${path}.tmp`, path);
}

function parseMarker(text: string): z.infer<typeof Marker> | null {
  try {
    return Marker.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
