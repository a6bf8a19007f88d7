import { type Collection, type CollectionOptions, type Db, MongoBulkWriteError } from "mongodb";
import type { Sample, SeriesPort, SeriesQuery } from "../series/port.ts";
import { instantOf, newestFirst, sampleKey } from "../series/sample-key.ts";
import type { MongoServer } from "./mongo.ts";
import { isDuplicate } from "./mongo-errors.ts";
import { majorOf } from "./mongo-features.ts";
import { manyError } from "./mongo-many.ts";

/** Samples that go in one write. */
const AT_ONCE = 2000;
const NAME = "vitals";
/** One server's word is enough for a sample, and what it has said is read at once: many come in, and the next one follows. */
const EVENTUAL: CollectionOptions = { writeConcern: { w: 1 }, readConcern: { level: "local" } };

/** A sample as a document: `of` is what a time-series collection calls its meta field, and what its buckets are made by. */
interface SampleDocument {
  of: { region: string; patientId: string; kind: string };
  at: Date;
  source: string;
  value: number;
  unit: string;
}

/**
 * Series on MongoDB. From MongoDB 7 a time-series collection (before, what is old could not be removed from one by its instant); elsewhere a
 * plain collection with a unique compound index. Both begin with the region: shard by `{"of.region": 1, "of.patientId": 1}`. A time-series
 * collection has no unique index: what is there is looked for before it is written, and a sample that two workstations
 * write in the same moment is told once when it is read. Samples are eventual: a server that dies right after its answer may lose them.
 */
export function mongoSeries({ server }: { server: MongoServer }): SeriesPort & { prepare(): Promise<void> } {
  const samples = () => server.db().collection<SampleDocument>(NAME, EVENTUAL);
  const bucketed = () => isBucketed(server);
  return {
    prepare: () => server.run(() => prepareSamples(server.db(), bucketed())),
    async append(taken) {
      const documents = taken.map(documentOf);
      let added = 0;
      for (let start = 0; start < documents.length; start += AT_ONCE) {
        const some = documents.slice(start, start + AT_ONCE);
        added += await server.run(() => (bucketed() ? insertUnseen(samples(), some) : insertOnce(samples(), some)));
      }
      return { added };
    },
    list: (query) => server.run(() => listSamples(samples(), query)),
    async deleteBefore(at) {
      const before = new Date(instantOf(at));
      const { deletedCount } = await server.run(() => samples().deleteMany({ at: { $lt: before } }));
      return deletedCount;
    },
    page: (after, limit) => server.run(() => pageOf(samples(), after, limit)),
    clear: () =>
      server.run(async () => {
        await samples().deleteMany({});
      }),
  };
}

const isBucketed = (server: MongoServer): boolean => server.features().timeSeries && majorOf(server.features().version) >= 7;

/** Makes the collection and its indexes; several workstations may do so at once, and again. */
async function prepareSamples(db: Db, bucketed: boolean): Promise<void> {
  const order = { "of.region": 1, "of.patientId": 1, "of.kind": 1, at: 1, source: 1 } as const;
  if (!bucketed) {
    await db.collection(NAME).createIndex(order, { name: "pc_sample", unique: true });
  } else {
    await db
      .createCollection(NAME, { timeseries: { timeField: "at", metaField: "of", granularity: "seconds" } })
      .catch(async (error: unknown) => {
        // Another workstation has made it.
        if ((await db.listCollections({ name: NAME }).toArray()).length === 0) throw error;
      });
    await db.collection(NAME).createIndex({ "of.region": 1, "of.patientId": 1, "of.kind": 1, at: 1 }, { name: "pc_sample" });
  }
  await db.collection(NAME).createIndex({ at: 1 }, { name: "pc_at" });
}

function documentOf({ region, patientId, kind, at, source, value, unit }: Sample): SampleDocument {
  return { of: { region, patientId, kind }, at: new Date(instantOf(at)), source, value, unit };
}

function sampleOf({ of: { region, patientId, kind }, at, source, value, unit }: SampleDocument): Sample {
  return { patientId, region, kind, value, unit, at: at.toISOString(), source };
}

/** Puts in what the unique index does not know. */
async function insertOnce(samples: Collection<SampleDocument>, documents: SampleDocument[]): Promise<number> {
  try {
    return (await samples.insertMany(documents, { ordered: false })).insertedCount;
  } catch (error) {
    if (!(error instanceof MongoBulkWriteError && isDuplicate(error))) throw manyError(error);
    return documents.length - [error.writeErrors].flat().length;
  }
}

/** Puts in what is not there yet: what was measured of the same patients in the same time is read first. */
async function insertUnseen(samples: Collection<SampleDocument>, documents: SampleDocument[]): Promise<number> {
  const times = documents.map(({ at }) => at.getTime());
  const patients = [...new Set(documents.map(({ of }) => of.patientId))];
  const there = await samples
    .find({
      "of.region": { $in: [...new Set(documents.map(({ of }) => of.region))] },
      "of.patientId": { $in: patients },
      at: { $gte: new Date(Math.min(...times)), $lte: new Date(Math.max(...times)) },
    })
    .toArray();
  const known = new Set(there.map((document) => sampleKey(sampleOf(document))));
  const unseen = documents.filter((document) => {
    const key = sampleKey(sampleOf(document));
    if (known.has(key)) return false;
    known.add(key);
    return true;
  });
  if (unseen.length === 0) return 0;
  return (await samples.insertMany(unseen, { ordered: false })).insertedCount;
}

/** Each kind's newest on their own, then together: each is a short walk along the index. */
async function listSamples(
  samples: Collection<SampleDocument>,
  { patientId, region, kind, from, to, limit }: SeriesQuery,
): Promise<Sample[]> {
  if (limit <= 0) return [];
  const patient = { "of.region": { $eq: region }, "of.patientId": { $eq: patientId } };
  const at = { $gte: new Date(instantOf(from)), $lt: new Date(instantOf(to)) };
  const kinds = kind === undefined ? await samples.distinct("of.kind", { ...patient, at }) : [kind];
  const found = await Promise.all(
    kinds.map((each) =>
      samples
        .find({ ...patient, "of.kind": { $eq: each }, at })
        .sort({ at: -1, source: 1 })
        .limit(limit)
        .toArray(),
    ),
  );
  return once(found.flat().map(sampleOf)).sort(newestFirst).slice(0, limit);
}

/** What comes after a sample in the order of the index, whole instants of a time-series collection told once. */
async function pageOf(samples: Collection<SampleDocument>, after: Sample | null, limit: number): Promise<Sample[]> {
  const page: Sample[] = [];
  let last = after;
  while (page.length < limit) {
    const asked = limit - page.length;
    const found = await samples
      .find(last === null ? {} : behind(last))
      .sort({ "of.region": 1, "of.patientId": 1, "of.kind": 1, at: 1, source: 1 })
      .limit(asked)
      .toArray();
    page.push(...once(found.map(sampleOf)));
    last = page.at(-1) ?? null;
    if (found.length < asked) break;
  }
  return page;
}

function behind({ region, patientId, kind, at, source }: Sample) {
  const fields = [
    ["of.region", region],
    ["of.patientId", patientId],
    ["of.kind", kind],
    ["at", new Date(instantOf(at))],
    ["source", source],
  ] as const;
  return {
    $or: fields.map(([name, value], index) => ({
      ...Object.fromEntries(fields.slice(0, index).map(([before, same]) => [before, { $eq: same }])),
      [name]: { $gt: value },
    })),
  };
}

/** The same sample, told once. */
function once(samples: readonly Sample[]): Sample[] {
  const told = new Map<string, Sample>();
  for (const sample of samples) {
    const key = sampleKey(sample);
    if (!told.has(key)) told.set(key, sample);
  }
  return [...told.values()];
}
