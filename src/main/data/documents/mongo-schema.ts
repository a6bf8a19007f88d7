import { type Collection, type Db, MongoServerError, type UpdateFilter } from "mongodb";
import { StoreNotReady } from "../stores.ts";
import { checkedName } from "./field-names.ts";
import { isDuplicate } from "./mongo-errors.ts";
import type { MongoFeatures } from "./mongo-features.ts";
import { pathOf } from "./mongo-filter.ts";
import type { Stored } from "./mongo-values.ts";
import type { AnySpec } from "./port.ts";

/** The layout of documents and hidden fields that this version writes. */
const LAYOUT = 1;
/** Only indexes of this name are ours: those that IT adds stay. */
const OURS = "pc_";
/** The server may remove what has been expired for so long. */
const TTL_GRACE_SECONDS = 3_600;
const TRIES = 5;

const NOT_FOUND = new Set([26, 27]);
const EXISTS = 48;
/** An index of another definition stands there: another workstation is at it as well. */
const OTHER_DEFINITION = new Set([68, 85, 86]);

/** What is known of the documents' layout, in the collection `schemaVersions`. */
interface SchemaRecord {
  _id: string;
  version: number;
  /** Collections that were written to while the server did not know a repeated write: what removals have left may still stand there. */
  marked?: string[];
}

interface Index {
  name: string;
  key: Record<string, 1>;
  unique?: true;
  sparse?: true;
  expireAfterSeconds?: number;
}

/**
 * Makes the collections and indexes that the declarations ask for, replaces those that are declared otherwise, and drops those that are declared no
 * more. May be run from two workstations at once and again after it failed. Throws StoreNotReady for a newer layout (`schema`) and where
 * a unique field has been given twice.
 */
export async function migrateMongo(db: Db, specs: readonly AnySpec[], features: MongoFeatures): Promise<void> {
  const versions = db.collection<SchemaRecord>("schemaVersions");
  const record = await versions.findOne({ _id: "documents" });
  if (record && record.version > LAYOUT) {
    throw notReady(
      "schema",
      `The document store has layout ${record.version}; this version of Polyclinic knows layouts up to ${LAYOUT}. Install the newer version.`,
    );
  }
  for (const spec of specs) await declare(db, spec, features);
  const names = specs.map((spec) => spec.name);
  if (features.retryableWrites) await clearTakenOf(db, record?.marked?.filter((name) => names.includes(name)) ?? []);
  const marks = features.retryableWrites ? { $pullAll: { marked: names } } : { $addToSet: { marked: { $each: names } } };
  const change: UpdateFilter<SchemaRecord> = { $max: { version: LAYOUT }, ...marks };
  await patiently(isDuplicate, () => versions.updateOne({ _id: "documents" }, change, { upsert: true }));
}

async function declare(db: Db, spec: AnySpec, features: MongoFeatures): Promise<void> {
  const name = checkedName(spec.name);
  await ignoring(new Set([EXISTS]), db.createCollection(name));
  const collection = db.collection(name);
  const conflict = (error: unknown) => error instanceof MongoServerError && OTHER_DEFINITION.has(Number(error.code));
  await patiently(conflict, () => index(collection, indexesOf(spec, features)));
}

async function index(collection: Collection, wanted: readonly Index[]): Promise<void> {
  const present = await collection.listIndexes().toArray();
  for (const each of present) {
    if (!String(each.name).startsWith(OURS)) continue;
    if (!wanted.some((one) => one.name === each.name && sameIndex(one, each))) {
      await ignoring(NOT_FOUND, collection.dropIndex(String(each.name)));
    }
  }
  for (const { name, key, ...options } of wanted) {
    if (present.some((each) => each.name === name && sameIndex({ name, key, ...options }, each))) continue;
    try {
      await collection.createIndex(key, { name, ...options });
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      const field = Object.keys(key)[0];
      throw notReady(
        "unknown",
        `Two documents of ${collection.collectionName} have the same ${field}: one has to go before it can be unique.`,
      );
    }
  }
}

/** Unique indexes are sparse: a field that is null is not stored, so that any number of documents may be without. */
function indexesOf(spec: AnySpec, features: MongoFeatures): Index[] {
  const unique = (spec.unique ?? []).map((field): Index => {
    return { name: `${OURS}unique_${field}`, key: { [pathOf(field)]: 1 }, unique: true, sparse: true };
  });
  const plain = new Map<string, Index>();
  for (const fields of [...(spec.indexes ?? []), ...(spec.expires ? [[spec.expires]] : [])]) {
    if (fields.length === 1 && (fields[0] === "id" || spec.unique?.includes(fields[0] as string))) continue;
    const key = Object.fromEntries(fields.map((field) => [pathOf(field), 1 as const]));
    plain.set(`${OURS}${fields.join("_")}`, { name: `${OURS}${fields.join("_")}`, key });
  }
  const ttl: Index[] = spec.expires && features.ttl ? [{ name: `${OURS}ttl`, key: { _e: 1 }, expireAfterSeconds: TTL_GRACE_SECONDS }] : [];
  return [...unique, ...plain.values(), ...ttl];
}

/** The server answers numbers and flags in its own types: compared is what they mean. */
function sameIndex(wanted: Index, found: Record<string, unknown>): boolean {
  const meaning = ({ key, unique = false, sparse = false, expireAfterSeconds = null }: Record<string, unknown>) =>
    JSON.stringify([
      Object.entries(key as object).map(([field, way]) => [field, Number(way)]),
      Boolean(unique),
      Boolean(sparse),
      expireAfterSeconds,
    ]);
  return meaning({ ...wanted }) === meaning(found);
}

/** The database has moved to a server that knows repeated writes: what removals have left on the old one goes. */
async function clearTakenOf(db: Db, names: readonly string[]): Promise<void> {
  for (const name of names) await db.collection<Stored>(name).deleteMany({ _d: { $exists: true } });
}

async function ignoring(codes: ReadonlySet<number>, work: Promise<unknown>): Promise<void> {
  await work.catch((error: unknown) => {
    if (!(error instanceof MongoServerError) || !codes.has(Number(error.code))) throw error;
  });
}

async function patiently(passing: (error: unknown) => boolean, work: () => Promise<unknown>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await work();
      return;
    } catch (error) {
      if (tries === TRIES || !passing(error)) throw error;
    }
  }
}

const notReady = (cause: "schema" | "unknown", message: string) => new StoreNotReady({ store: "documents", cause, message });
