import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openMongo } from "@main/data/documents/mongo.ts";
import { mongoSeries } from "@main/data/documents/mongo-series.ts";
import { openSqliteSeries } from "@main/data/documents/sqlite-series.ts";
import type { Sample, SeriesPort } from "@main/data/series/port.ts";
import { createLog } from "@main/platform/pino-log.ts";
import type { ServerSettings } from "@main/platform/server-settings.ts";
import { formatId } from "@shared/model/ids.ts";
import { type Figure, time } from "../measure.ts";

const BATCH = 2_000;
const PATIENTS = 1_000;
const REGIONS = 10;
const EVERY_MS = 10_000;
const HOUR_MS = 3_600_000;
const FROM = Date.parse("2026-03-03T08:00:00.000Z");
const KIND = "8867-4";

/** How much is put in: so many samples, or as many as fit in the time. */
export interface Amount {
  samples: number;
  seconds: number;
}

/** Measured values into the embedded series and out of them. */
export async function vitalsOnSqlite(amount: Amount, turns: number): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), "polyclinic-bench-vitals-"));
  const series = await openSqliteSeries({ folder });
  try {
    return await inAndOut(series, amount, turns);
  } finally {
    await series.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The same on the servers' MongoDB. */
export async function vitalsOnMongo({ mongodb }: ServerSettings, amount: Amount, turns: number): Promise<Figure[]> {
  const server = openMongo({ settings: mongodb, log: createLog({ level: "silent" }) });
  try {
    await server.connect();
    const series = mongoSeries({ server });
    await series.prepare();
    return await inAndOut(series, amount, turns);
  } finally {
    await server.close();
  }
}

async function inAndOut(series: SeriesPort, { samples, seconds }: Amount, turns: number): Promise<Figure[]> {
  let count = 0;
  let spent = 0;
  while (count < samples && spent < seconds * 1000) {
    const batch = Array.from({ length: Math.min(BATCH, samples - count) }, (_, at) => sampleOf(count + at));
    const before = performance.now();
    const { added } = await series.append(batch);
    spent += performance.now() - before;
    if (added !== batch.length) throw new Error(`Of ${batch.length} new samples ${added} were taken as new.`);
    count += batch.length;
  }
  const rounds = Math.floor(count / PATIENTS);
  const end = FROM + rounds * EVERY_MS;
  const expected = Math.min(rounds, HOUR_MS / EVERY_MS);
  const read = await time(turns, async (turn) => {
    const { patientId, region } = patientOf((turn * 7919) % PATIENTS);
    const hour = { from: new Date(end - HOUR_MS).toISOString(), to: new Date(end).toISOString() };
    const found = await series.list({ patientId, region, kind: KIND, ...hour, limit: BATCH });
    if (found.length !== expected) throw new Error(`Of ${expected} samples of an hour ${found.length} were found.`);
  });
  const among = `among ${count.toLocaleString("en")}`;
  return [
    {
      name: `vitals in, batches of ${BATCH.toLocaleString("en")}`,
      value: (count * 1000) / spent,
      unit: "/s",
      goal: { atLeast: 20_000 },
      note: `${count.toLocaleString("en")} samples`,
    },
    {
      name: "vitals, last hour of one patient, p95",
      value: read.p95,
      unit: "ms",
      goal: { atMost: 20 },
      note: `p50 ${read.p50.toFixed(2)} ms; ${expected} samples ${among}`,
    },
  ];
}

/** As they arrive: of every patient one, then of every patient the next. */
function sampleOf(number: number): Sample {
  const at = new Date(FROM + Math.floor(number / PATIENTS) * EVERY_MS).toISOString();
  return { ...patientOf(number % PATIENTS), kind: KIND, value: 60 + (number % 40), unit: "/min", at, source: "bench" };
}

const patientOf = (number: number) => ({ patientId: formatId("Patient", number + 1), region: `region-${number % REGIONS}` });
