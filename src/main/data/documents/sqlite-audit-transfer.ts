import { AppError } from "../../../shared/define.ts";
import type { ChainHead } from "../audit/chain.ts";
import { parseEntry, type StoredEntry } from "../audit/verify.ts";
import type { SqliteFile } from "./sqlite-file.ts";

/** Entries behind `after`, in order of `seq`. */
export function exportEntries(file: SqliteFile, after: number, limit: number): Promise<StoredEntry[]> {
  const select = "SELECT seq, prev, hash, body FROM entries WHERE seq > ? ORDER BY seq LIMIT ?";
  return file.read(() => file.prepare(select).all(after, Math.max(0, limit)) as unknown as StoredEntry[]);
}

/** Takes entries over as they are, all or none. Throws `conflict` where another one has the place of one of them, or where a text is damaged. */
export async function importEntries(
  file: SqliteFile,
  entries: readonly StoredEntry[],
): Promise<{ added: number; heads: Map<string, ChainHead> }> {
  const heads = new Map<string, ChainHead>();
  for (const { seq, hash, body } of entries) {
    const record = parseEntry(body);
    if (record === null) throw new AppError("conflict", `Entry ${seq} of the audit trail is damaged: it cannot be moved.`);
    heads.set(record.writer, { n: record.n, seq, hash });
  }
  const taken = await file.write((): number | { conflict: number } => {
    const { highest } = file.prepare("SELECT coalesce(max(seq), 0) AS highest FROM entries").get() as { highest: number };
    const there = file.prepare("SELECT hash FROM entries WHERE seq = ?");
    const other = entries.find(({ seq, hash }) => seq <= highest && (there.get(seq) as { hash: string } | undefined)?.hash !== hash);
    if (other) return { conflict: other.seq };
    const insert = file.prepare("INSERT INTO entries (seq, prev, hash, body) VALUES (?, ?, ?, ?)");
    const missing = entries.filter(({ seq }) => seq > highest);
    for (const { seq, prev, hash, body } of missing) insert.run(seq, prev, hash, body);
    return missing.length;
  });
  if (typeof taken === "number") return { added: taken, heads };
  throw new AppError("conflict", `The audit trail already has another entry in the place of entry ${taken.conflict}.`);
}
