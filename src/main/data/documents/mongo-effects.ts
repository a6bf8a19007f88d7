import type { ClientSession, Collection, Filter } from "mongodb";
import type { MongoCall, MongoServer } from "./mongo.ts";
import { isDuplicate, isUnsent } from "./mongo-errors.ts";
import { allOf } from "./mongo-filter.ts";
import { repeated } from "./mongo-repeat.ts";
import type { Change, Stored } from "./mongo-values.ts";

export type Where = Filter<Stored>;

/** The writes of a collection, each with exactly one effect also where the connection breaks before its answer comes. */
export interface Effects {
  /** What a read asks beside its own filter. */
  readonly alive: Where;
  /** Throws the server's duplicate error. */
  insert(stored: Stored): Promise<void>;
  /** Changes the document of that id if it matches; answers it as it is then, or null. */
  change(id: string, where: Where, change: Change): Promise<Stored | null>;
  changeMany(where: Where, change: Change): Promise<number>;
  put(stored: Stored): Promise<void>;
  /** `one`: the filter names an id. */
  remove(where: Where, one: boolean): Promise<number>;
}

const PUT_TRIES = 3;

/** Writes that the driver repeats and the server does once; many at a time in a transaction. */
export function driverEffects(server: MongoServer, collection: Collection<Stored>, call: MongoCall): Effects {
  const whole = server.features().transactions;
  const sent = <T>(write: () => Promise<T>): Promise<T> => repeated(call, isUnsent, write);
  const many = <T>(write: (session?: ClientSession) => Promise<T>): Promise<T> =>
    sent(() => (whole ? server.transaction(call, write) : write()));
  return {
    alive: {},
    insert: async (stored) => void (await sent(() => collection.insertOne(stored))),
    change: (id, where, change) =>
      sent(() => collection.findOneAndUpdate(allOf([{ _id: id }, where]), change, { returnDocument: "after" })),
    changeMany: (where, change) => many(async (session) => (await collection.updateMany(where, change, { session })).matchedCount),
    put: (stored) => placed(() => sent(() => collection.replaceOne({ _id: stored._id }, withoutId(stored), { upsert: true }))),
    async remove(where, one) {
      if (one) return (await sent(() => collection.deleteOne(where))).deletedCount;
      return many(async (session) => (await collection.deleteMany(where, { session })).deletedCount);
    },
  };
}

/** Two that put a new document at once may both try to insert it: the later one replaces. */
export async function placed(put: () => Promise<unknown>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await put();
      return;
    } catch (error) {
      if (tries === PUT_TRIES || !isDuplicate(error) || !/index: _id_ /.test(error.message)) throw error;
    }
  }
}

export function withoutId({ _id: _, ...rest }: Stored): Omit<Stored, "_id"> {
  return rest;
}
