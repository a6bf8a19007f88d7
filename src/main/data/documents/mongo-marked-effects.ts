import { randomBytes } from "node:crypto";
import type { Collection, UpdateFilter } from "mongodb";
import type { MongoCall } from "./mongo.ts";
import { type Effects, placed, type Where, withoutId } from "./mongo-effects.ts";
import { duplicateOf, isBroken, isDuplicate } from "./mongo-errors.ts";
import { allOf } from "./mongo-filter.ts";
import { repeated } from "./mongo-repeat.ts";
import type { Change, Stored } from "./mongo-values.ts";

/** So many marks stay in a document: a repeat finds its own unless as many other writes have come between. */
const MARKS_KEPT = 8;

const newMark = () => randomBytes(9).toString("base64url");
const ALIVE: Where = { _d: { $exists: false } };

/**
 * Writes for a server that does not know a repeated write by itself (one that is not a replica set). Each write leaves its mark in the
 * document with its change; when the connection broke, what bears the mark has been done and is not done again. A removal first marks what it takes, which
 * counts as gone from then on, so that of two removals one has taken it, whatever breaks.
 */
export function markedEffects(collection: Collection<Stored>, call: MongoCall): Effects {
  const count = (where: Where) => collection.countDocuments(where);

  const answered = <T>(attempt: (again: boolean) => Promise<T>): Promise<T> => repeated(call, isBroken, attempt);

  /** What a removal has taken and not yet cleared away still stands in a unique index: it goes, and the write is tried once more. */
  async function cleared<T>(values: Record<string, unknown>, write: () => Promise<T>): Promise<T> {
    try {
      return await write();
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      const { field } = duplicateOf(error);
      const path = field === "id" ? "_id" : field;
      if (values[path] === undefined) throw error;
      const { deletedCount } = await collection.deleteMany({ [path]: values[path], _d: { $exists: true } } as Where);
      if (deletedCount === 0) throw error;
      return write();
    }
  }

  const marking = (change: Change, mark: string) =>
    ({ ...change, $push: { _w: { $each: [mark], $slice: -MARKS_KEPT } } }) as unknown as UpdateFilter<Stored>;
  const unmarked = (where: Where, mark: string) => allOf([where, ALIVE, { _w: { $ne: mark } } as Where]);

  return {
    alive: ALIVE,
    async insert(stored) {
      const mark = newMark();
      await answered((again) =>
        cleared(stored, async () => {
          try {
            await collection.insertOne({ ...stored, _w: [mark] });
          } catch (error) {
            if (!again || !isDuplicate(error) || (await count({ _id: stored._id, _w: mark })) === 0) throw error;
          }
        }),
      );
    },
    async change(id, where, change) {
      const mark = newMark();
      return answered((again) =>
        cleared(change.$set ?? {}, async () => {
          const wanted = unmarked(allOf([{ _id: id }, where]), mark);
          const changed = await collection.findOneAndUpdate(wanted, marking(change, mark), { returnDocument: "after" });
          return changed ?? (again ? collection.findOne({ _id: id, _w: mark }) : null);
        }),
      );
    },
    async changeMany(where, change) {
      const mark = newMark();
      return answered(async (again) => {
        const { matchedCount } = await collection.updateMany(unmarked(where, mark), marking(change, mark));
        return again ? count({ _w: mark }) : matchedCount;
      });
    },
    async put(stored) {
      const mark = newMark();
      await answered(async (again) => {
        if (again && (await count({ _id: stored._id, _w: mark })) > 0) return;
        const replacement = { ...withoutId(stored), _w: [mark] };
        await cleared(stored, () => placed(() => collection.replaceOne({ _id: stored._id }, replacement, { upsert: true })));
      });
    },
    async remove(where) {
      const mark = newMark();
      const mine = allOf([where, { _d: mark }]);
      const taken = await answered(async (again) => {
        const { matchedCount } = await collection.updateMany(allOf([where, ALIVE]), { $set: { _d: mark } });
        return again ? count(mine) : matchedCount;
      });
      // It is gone for everybody; where this breaks, the sweep clears it away.
      if (taken > 0) await collection.deleteMany(mine).catch(() => undefined);
      return taken;
    },
  };
}

/** Clears away what removals have taken but left; `known` are the marks that were there at the last sweep: whoever set them is done. */
export async function clearTaken(collection: Collection<Stored>, known: ReadonlySet<string>): Promise<Set<string>> {
  if (known.size > 0) await collection.deleteMany({ _d: { $in: [...known] } });
  const marks = await collection.distinct("_d", { _d: { $exists: true } });
  return new Set(marks.filter((mark) => typeof mark === "string"));
}
