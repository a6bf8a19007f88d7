import { shift } from "../../platform/clock.ts";
import { digestPlace, type Tally } from "./digest.ts";
import type { MigrateOptions } from "./migrate.ts";
import type { Place } from "./place.ts";

/** One line of the table at the end of a move. */
export interface ComparedRow {
  /** `node Patient`, `edge TREATS`, a collection, `blobs`, `series`, `audit`. */
  name: string;
  source: Tally;
  target: Tally;
  equal: boolean;
}

export interface Comparison {
  /** Whether both sides hold the same, and the trail is as sound in the new place as in the old one. */
  equal: boolean;
  rows: ComparedRow[];
}

const NONE: Tally = { count: 0, digest: "0".repeat(64) };
/** Documents that expire so soon may go while the digests are made. */
const EXPIRING_SECONDS = 3_600;

/** Compares everything on both sides by count and digest. */
export async function compare(from: Place, to: Place, { clock, say }: MigrateOptions): Promise<Comparison> {
  say("Comparing both sides…");
  const expiry = shift(clock.now(), EXPIRING_SECONDS);
  const [source, target] = await Promise.all([digestPlace(from, expiry), digestPlace(to, expiry)]);
  const names = [...new Set([...source.keys(), ...target.keys()])].sort();
  const rows = names.map((name): ComparedRow => {
    const [before, after] = [source.get(name) ?? NONE, target.get(name) ?? NONE];
    return { name, source: before, target: after, equal: before.count === after.count && before.digest === after.digest };
  });
  const [trail, moved] = [await from.audit.verify(), await to.audit.verify()];
  if (!trail.ok) say(`Note: the audit trail did not verify before the move (${trail.cause}, entry ${trail.firstBad ?? "unknown"}).`);
  if (trail.ok && !moved.ok) say(`The audit trail does not verify in its new place (${moved.cause}).`);
  return { equal: rows.every(({ equal }) => equal) && (moved.ok || !trail.ok), rows };
}

/** The table that IT reads: what, how many, the digest's beginning on both sides. */
export function tableOf(rows: readonly ComparedRow[]): string {
  const width = Math.max(4, ...rows.map(({ name }) => name.length));
  const line = (name: string, count: string, source: string, target: string, equal: string) =>
    `${name.padEnd(width)}  ${count.padStart(17)}  ${source.padEnd(16)}  ${target.padEnd(16)}  ${equal}`.trimEnd();
  const shown = rows.map(({ name, source, target, equal }) => {
    const count = source.count === target.count ? String(source.count) : `${source.count} / ${target.count}`;
    return line(name, count, source.digest.slice(0, 16), target.digest.slice(0, 16), equal ? "equal" : "DIFFERENT");
  });
  return [line("what", "count", "source", "target", ""), ...shown].join("\n");
}
