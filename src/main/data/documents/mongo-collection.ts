import type { Clock } from "../../platform/clock.ts";
import type { MongoCall, MongoServer } from "./mongo.ts";
import { driverEffects, type Effects, type Where } from "./mongo-effects.ts";
import { isCutOff } from "./mongo-errors.ts";
import { allOf, onlyId, orderOf, whereOf } from "./mongo-filter.ts";
import { markedEffects } from "./mongo-marked-effects.ts";
import { repeated } from "./mongo-repeat.ts";
import { changeOf, fromStored, type Stored, toStored } from "./mongo-values.ts";
import { type Collection, type CollectionSpec, type Document, DuplicateDocument, type Filter, type FindOptions } from "./port.ts";

/** Does a piece of work on the server, unless the store is closed. */
export type Run = <T>(work: (call: MongoCall) => Promise<T>) => Promise<T>;

/** A collection of documents as a collection of MongoDB. */
export function mongoCollection<T extends Document>(
  { server, clock, run }: { server: MongoServer; clock: Clock; run: Run },
  spec: CollectionSpec<T>,
): Collection<T> {
  const collection = () => server.db().collection<Stored>(spec.name);
  const effects = (call: MongoCall): Effects =>
    server.features().retryableWrites ? driverEffects(server, collection(), call) : markedEffects(collection(), call);
  const doing = <R>(work: (effects: Effects) => Promise<R>): Promise<R> => run((call) => work(effects(call)));
  /** A read may be done twice without harm; the driver repeats it where the server has sessions only. */
  const reading = <R>(work: (alive: Where) => Promise<R>): Promise<R> =>
    run((call) => repeated(call, isCutOff, () => work(effects(call).alive)));

  const find = (filter: Filter<T>, options: FindOptions<T>): Promise<T[]> => {
    const where = whereOf(filter);
    const sort = orderOf(options);
    const { limit = -1, skip = 0 } = options;
    // To MongoDB a limit of nothing is no limit.
    if (limit === 0) return run(async () => []);
    return reading(async (alive) => {
      const found = collection()
        .find(allOf([where, alive]))
        .sort(sort)
        .skip(skip);
      const cursor = limit < 0 ? found : found.limit(limit);
      return (await cursor.allowDiskUse().toArray()).map((stored) => fromStored<T>(stored));
    });
  };
  const findOne = async (filter: Filter<T>): Promise<T | null> => (await find(filter, { limit: 1 }))[0] ?? null;
  const counted = (where: Where) => reading((alive) => collection().countDocuments(allOf([where, alive])));
  /** The unique field that a patch gives a value, if any: two documents cannot both have it. */
  const givesUnique = (patch: Partial<T>) => spec.unique?.find((field) => patch[field] !== undefined && patch[field] !== null);

  return {
    insert: async (document) => {
      const stored = toStored(document, spec, clock);
      await doing((write) => write.insert(stored));
    },
    get: (id) =>
      reading(async (alive) => {
        const stored = await collection().findOne(allOf([{ _id: id }, alive]));
        return stored && fromStored<T>(stored);
      }),
    findOne,
    find: async (filter, options = {}) => find(filter, options),
    count: async (filter) => counted(whereOf(filter)),
    async update(id, patch, only = {}) {
      const where = whereOf(only);
      const change = changeOf(patch, spec, clock);
      if (change === null || (patch.id !== undefined && patch.id !== id)) {
        const found = await findOne({ ...only, id } as Filter<T>);
        if (found && patch.id !== undefined && patch.id !== id) throw idChanged();
        return found;
      }
      const stored = await doing((write) => write.change(id, where, change));
      return stored && fromStored<T>(stored);
    },
    async updateMany(filter, patch) {
      const where = whereOf(filter);
      const { id: given } = patch;
      if (given !== undefined && (await counted(allOf([where, { _id: { $ne: given } }]))) > 0) throw idChanged();
      const change = changeOf(patch, spec, clock);
      if (change === null) return counted(where);
      const field = givesUnique(patch);
      if (field === undefined) return doing((write) => write.changeMany(where, change));
      // Wholly or not at all: of one document at most, the server itself sees to that.
      const found = await find(filter, { limit: 2 });
      if (found.length > 1) throw new DuplicateDocument(spec.name, field);
      const id = found[0]?.id;
      if (id === undefined) return 0;
      return (await doing((write) => write.change(id, where, change))) ? 1 : 0;
    },
    async put(document) {
      const stored = toStored(document, spec, clock);
      await doing((write) => write.put(stored));
    },
    async delete(filter) {
      const where = whereOf(filter);
      const one = onlyId(filter) !== null;
      return doing((write) => write.remove(where, one));
    },
  };
}

const idChanged = () => new TypeError("The id of a document cannot change.");
