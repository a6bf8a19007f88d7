import { mkdir, open, readFile, rename } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import type { ChainHead } from "./chain.ts";

const AnchorFile = z.object({
  format: z.literal(1),
  /** Set once the anchor was found missing beside a trail that had entries: from then on nothing vouches for what came before. */
  lostAt: z.string().nullable(),
  heads: z.record(z.string(), z.object({ n: z.int().min(0), seq: z.int().min(0), hash: z.string().length(64), at: z.string() })),
});

export type Anchor = z.infer<typeof AnchorFile>;

export const emptyAnchor = (lostAt: string | null): Anchor => ({ format: 1, lostAt, heads: {} });

/** The anchor as it is on disk now, or null when there is none that can be read. */
export async function readAnchor(path: string): Promise<Anchor | null> {
  try {
    return AnchorFile.parse(JSON.parse(await readFile(path, "utf8")));
  } catch {
    return null;
  }
}

/** Replaces the anchor in one step: after a power cut the file holds the old or the new text, never half of one. */
export async function writeAnchor(path: string, anchor: Anchor): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.tmp`;
  const handle = await open(draft, "w", 0o600);
  try {
    await handle.writeFile(JSON.stringify(anchor));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, path);
}

/** The anchor with the head of one writer moved on. */
export function withHead(anchor: Anchor, writer: string, head: ChainHead, at: string): Anchor {
  return { ...anchor, heads: { ...anchor.heads, [writer]: { ...head, at } } };
}
