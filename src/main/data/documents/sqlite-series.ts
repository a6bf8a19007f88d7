import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { type Clock, systemClock } from "../../platform/clock.ts";
import type { RecoveredFile } from "../recovered-file.ts";
import type { Sample, SeriesPort, SeriesQuery } from "../series/port.ts";
import { instantOf, newestFirst } from "../series/sample-key.ts";
import { SqliteFile } from "./sqlite-file.ts";
import { openSound } from "./sqlite-recovery.ts";
import { migrateSeriesSchema, salvageSeries } from "./sqlite-series-schema.ts";

/** Samples that go in or out in one go: some milliseconds of the event loop. */
const AT_ONCE = 2000;

export interface SqliteSeriesOptions {
  /** The data folder; the store is its file `series.sqlite`. */
  folder: string;
  clock?: Clock;
  /** True when the folder was in use before with such a file: one that is missing is then told of. */
  expected?: boolean;
}

/** The series of a data folder, with what was done to a damaged file when it was opened. */
export interface SqliteSeries extends SeriesPort {
  readonly recovered: RecoveredFile | null;
  close(): Promise<void>;
}

/** Opens the series of a data folder. Throws `store-unavailable` with the cause, also for a newer layout. */
export async function openSqliteSeries({ folder, clock = systemClock, expected = false }: SqliteSeriesOptions): Promise<SqliteSeries> {
  const { opened: file, recovered } = await openSound({
    path: join(folder, "series.sqlite"),
    store: "series",
    now: clock.now(),
    expected,
    // Measured values that are lost must not stop the clinic: what was noted of them is in the charts.
    refuseEmpty: false,
    open: openFile,
    layOut: migrateSeriesSchema,
    salvage: salvageSeries,
  });
  return { recovered, ...seriesPort(file), close: () => file.close() };
}

function openFile(path: string): SqliteFile {
  const file = new SqliteFile(path, "series");
  try {
    migrateSeriesSchema(file.db);
    return file;
  } catch (error) {
    file.db.close();
    throw error;
  }
}

interface Row extends Omit<Sample, "at"> {
  at: number;
}

const sampleOf = ({ region, patientId, kind, value, unit, at, source }: Row): Sample => ({
  ...{ patientId, region, kind, value, unit },
  at: new Date(at).toISOString(),
  source,
});

function seriesPort(file: SqliteFile): SeriesPort {
  return {
    async append(samples) {
      const placed = samples.map((sample) => ({ sample, at: instantOf(sample.at) }));
      let added = 0;
      for (let start = 0; start < placed.length; start += AT_ONCE) {
        added += await file.write(() => insert(file, placed.slice(start, start + AT_ONCE)));
      }
      return { added };
    },
    list: (query) => file.read(() => list(file, query)),
    async deleteBefore(at) {
      const before = instantOf(at);
      const lines = await file.read(() => file.prepare("SELECT n FROM lines").all());
      let removed = 0;
      for (const { n } of lines as { n: number }[]) {
        for (;;) {
          const some = await file.write(() => removeSome(file, n, before));
          removed += some;
          if (some < AT_ONCE) break;
        }
      }
      return removed;
    },
    page: (after, limit) => file.read(() => page(file, after, limit)),
    async clear() {
      for (;;) {
        const left = await file.write(() => {
          const some = "DELETE FROM samples WHERE (line, at, source) IN (SELECT line, at, source FROM samples LIMIT 20000)";
          if (Number(file.prepare(some).run().changes) > 0) return true;
          file.prepare("DELETE FROM lines").run();
          return false;
        });
        if (!left) return;
        await nextTurn();
      }
    },
  };
}

function insert(file: SqliteFile, placed: readonly { sample: Sample; at: number }[]): number {
  const find = file.prepare("SELECT n FROM lines WHERE region = ? AND patientId = ? AND kind = ?");
  const make = file.prepare("INSERT INTO lines (region, patientId, kind) VALUES (?, ?, ?) RETURNING n");
  const add = file.prepare("INSERT OR IGNORE INTO samples (line, at, source, value, unit) VALUES (?, ?, ?, ?, ?)");
  // Lines are looked up once a batch and kept no longer: another batch may be rolled back.
  const lines = new Map<string, number>();
  let added = 0;
  for (const { sample, at } of placed) {
    const { region, patientId, kind, source, value, unit } = sample;
    const name = JSON.stringify([region, patientId, kind]);
    let line = lines.get(name);
    if (line === undefined) {
      line = ((find.get(region, patientId, kind) ?? make.get(region, patientId, kind)) as { n: number }).n;
      lines.set(name, line);
    }
    added += Number(add.run(line, at, source, value, unit).changes);
  }
  return added;
}

/** Each kind's newest on their own, then together: each is a short walk along its own line. */
function list(file: SqliteFile, { patientId, region, kind, from, to, limit }: SeriesQuery): Sample[] {
  const lines = file
    .prepare("SELECT n, region, patientId, kind FROM lines WHERE region = ? AND patientId = ? AND (? IS NULL OR kind = ?)")
    .all(region, patientId, kind ?? null, kind ?? null) as unknown as (Omit<Row, "at"> & { n: number })[];
  const select = file.prepare(
    "SELECT at, source, value, unit FROM samples WHERE line = ? AND at >= ? AND at < ? ORDER BY at DESC, source LIMIT ?",
  );
  const found = lines.flatMap(({ n, ...line }) => {
    const rows = select.all(n, instantOf(from), instantOf(to), limit) as unknown as Pick<Row, "at" | "source" | "value" | "unit">[];
    return rows.map((row) => sampleOf({ ...line, ...row }));
  });
  return found.sort(newestFirst).slice(0, limit);
}

function removeSome(file: SqliteFile, line: number, before: number): number {
  const some = `DELETE FROM samples WHERE (line, at, source) IN
    (SELECT line, at, source FROM samples WHERE line = ? AND at < ? ORDER BY at, source LIMIT ${AT_ONCE})`;
  return Number(file.prepare(some).run(line, before).changes);
}

/** The rest of the line that `after` lies in, then the lines behind it until the page is full. */
function page(file: SqliteFile, after: Sample | null, limit: number): Sample[] {
  const behind = file.prepare(
    `SELECT region, patientId, kind, at, source, value, unit FROM lines JOIN samples ON line = n
     WHERE region = ? AND patientId = ? AND kind = ? AND (at, source) > (?, ?) ORDER BY at, source LIMIT ?`,
  );
  const next = file.prepare(
    `SELECT n, region, patientId, kind FROM lines WHERE (region, patientId, kind) > (?, ?, ?) ORDER BY region, patientId, kind LIMIT 1`,
  );
  const first = file.prepare("SELECT at, source, value, unit FROM samples WHERE line = ? ORDER BY at, source LIMIT ?");
  const rows: Row[] = after
    ? (behind.all(after.region, after.patientId, after.kind, instantOf(after.at), after.source, limit) as unknown as Row[])
    : [];
  let [region, patientId, kind] = after ? [after.region, after.patientId, after.kind] : ["", "", ""];
  while (rows.length < limit) {
    const line = next.get(region, patientId, kind) as { n: number; region: string; patientId: string; kind: string } | undefined;
    if (!line) break;
    ({ region, patientId, kind } = line);
    for (const row of first.all(line.n, limit - rows.length)) rows.push({ ...{ region, patientId, kind }, ...(row as unknown as Row) });
  }
  return rows.map(sampleOf);
}
