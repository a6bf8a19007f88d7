import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Collection, type DocumentPort, DuplicateDocument } from "@main/data/documents/port.ts";
import type { Clock } from "@main/platform/clock.ts";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { naughtyStrings } from "../world/shared-data.ts";
import { type Loose, matches } from "./documents-model.ts";

/** An engine under test: opens (or opens again) the documents of a folder. */
export interface DocumentEngine {
  name: string;
  open(folder: string, specs: readonly { name: string }[], clock: Clock): Promise<DocumentPort>;
}

interface Person {
  id: string;
  username: string;
  badge: string | null;
  age: number;
  team: string;
  active: boolean;
  tags: string[];
}

const people = { name: "people", unique: ["username", "badge"], indexes: [["team", "age"], ["age"]] } as const;
const notes = { name: "notes", expires: "expiresAt" } as const;
const loose = { name: "loose", indexes: [["a"]] } as const;
const specs = [people, notes, loose];

/** What every document engine must do, whatever it is. */
export function documentsContract(engine: DocumentEngine): void {
  describe(`documents on ${engine.name}`, () => {
    let folder: string;
    let store: DocumentPort;
    let persons: Collection<Person>;
    const clock: Clock = { now: () => "2026-03-01T08:00:00.000Z", monotonic: () => performance.now() };
    const person = (id: string, more: Partial<Person> = {}): Person => ({
      id,
      username: `user-${id}`,
      badge: null,
      age: 30,
      team: "red",
      active: true,
      tags: [],
      ...more,
    });
    const open = async () => {
      store = await engine.open(folder, specs, clock);
      persons = store.collection<Person>(people);
    };

    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), "documents-"));
      await open();
    });
    afterEach(async () => {
      await store.close();
      await rm(folder, { recursive: true });
    });

    it("gives back what was inserted, also after it was opened again", async () => {
      const ada = person("1", { tags: ["a", "ب"], badge: "B1" });
      await persons.insert(ada);
      await store.close();
      await open();
      expect(await persons.get("1")).toEqual(ada);
      expect(await persons.get("2")).toBeNull();
    });

    it("refuses a taken id and a taken unique field by name, and keeps the first", async () => {
      await persons.insert(person("1", { badge: "B1" }));
      await expect(persons.insert(person("1", { username: "other" }))).rejects.toMatchObject({ collection: "people", field: "id" });
      await expect(persons.insert(person("2", { username: "user-1" }))).rejects.toMatchObject({ field: "username" });
      await expect(persons.insert(person("3", { badge: "B1" }))).rejects.toBeInstanceOf(DuplicateDocument);
      await expect(persons.put(person("4", { badge: "B1" }))).rejects.toMatchObject({ field: "badge" });
      expect(await persons.count({})).toBe(1);
    });

    it("counts null in a unique field as not taken", async () => {
      await persons.insert(person("1"));
      await persons.insert(person("2"));
      expect(await persons.count({ badge: null })).toBe(2);
    });

    it("lets one of many racing inserts of a unique value win", async () => {
      const results = await Promise.allSettled(
        Array.from({ length: 50 }, (_, index) => persons.insert(person(String(index), { username: "ada" }))),
      );
      expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
      expect(await persons.count({ username: "ada" })).toBe(1);
    });

    it("keeps the other writes of a group when one is refused", async () => {
      await persons.insert(person("1"));
      const results = await Promise.allSettled([persons.insert(person("2")), persons.insert(person("1")), persons.insert(person("3"))]);
      expect(results.map((result) => result.status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
      expect((await persons.find({})).map((found) => found.id)).toEqual(["1", "2", "3"]);
    });

    it("merges a patch, ignores undefined in it, and answers the new document", async () => {
      await persons.insert(person("1", { age: 20 }));
      expect(await persons.update("1", { age: 21, team: undefined })).toEqual(person("1", { age: 21 }));
      expect(await persons.get("1")).toEqual(person("1", { age: 21 }));
      expect(await persons.update("9", { age: 1 })).toBeNull();
    });

    it("refuses to change an id and an update onto a taken value, and leaves the document as it was", async () => {
      await persons.insert(person("1"));
      await persons.insert(person("2"));
      await expect(persons.update("1", { id: "3" })).rejects.toThrow("id");
      await expect(persons.update("1", { username: "user-2" })).rejects.toMatchObject({ field: "username" });
      expect(await persons.get("1")).toEqual(person("1"));
    });

    it("updates only what matches at that moment: of many racing compare-and-sets one wins", async () => {
      await persons.insert(person("1", { age: 0 }));
      const wins = await Promise.all(Array.from({ length: 40 }, (_, index) => persons.update("1", { age: index + 1 }, { age: 0 })));
      expect(wins.filter((win) => win !== null)).toHaveLength(1);
    });

    it("loses no update of racing counters", async () => {
      await persons.insert(person("1", { age: 0 }));
      const countUp = async (): Promise<void> => {
        const now = await persons.get("1");
        if (!(await persons.update("1", { age: (now?.age ?? 0) + 1 }, { age: now?.age ?? 0 }))) await countUp();
      };
      await Promise.all(Array.from({ length: 20 }, countUp));
      expect(await persons.get("1")).toMatchObject({ age: 20 });
    });

    it("updates and deletes many, wholly or not at all", async () => {
      for (const id of ["1", "2", "3"]) await persons.insert(person(id, { team: id === "3" ? "blue" : "red" }));
      expect(await persons.updateMany({ team: "red" }, { active: false })).toBe(2);
      await expect(persons.updateMany({}, { badge: "same" })).rejects.toBeInstanceOf(DuplicateDocument);
      expect(await persons.count({ badge: "same" })).toBe(0);
      expect(await persons.delete({ active: false })).toBe(2);
      expect(await persons.find({})).toEqual([person("3", { team: "blue" })]);
    });

    it("sorts, skips and limits, with the id to break ties", async () => {
      for (const [id, age] of [
        ["c", 2],
        ["a", 2],
        ["b", 1],
        ["d", 3],
      ] as const)
        await persons.insert(person(id, { age }));
      const ids = async (options: Parameters<typeof persons.find>[1]) => (await persons.find({}, options)).map((found) => found.id);
      expect(await ids({ sort: { age: "desc" } })).toEqual(["d", "a", "c", "b"]);
      expect(await ids({ sort: { age: "asc" }, skip: 1, limit: 2 })).toEqual(["a", "c"]);
      expect(await ids({ limit: 0 })).toEqual([]);
    });

    it("puts: inserts, or replaces whole", async () => {
      await persons.put(person("1", { badge: "B1" }));
      await persons.put(person("1", { age: 99 }));
      expect(await persons.get("1")).toEqual(person("1", { age: 99 }));
      await persons.insert(person("2", { badge: "B1" }));
    });

    it("answers every filter as a plain reading of it does", async () => {
      const scalar = fc.oneof(fc.constantFrom("", "a", "b", "1", "true"), fc.constantFrom(-1, 0, 1, 1.5), fc.boolean(), fc.constant(null));
      const range = fc.record(
        {
          ...{ gt: scalar, gte: scalar, lt: scalar, lte: scalar, ne: scalar, in: fc.array(scalar, { maxLength: 3 }) },
          contains: fc.array(fc.constantFrom("", "a", "tr", "1", "rue"), { maxLength: 3 }),
        },
        { requiredKeys: [] },
      );
      const documents = fc.array(fc.record({ a: scalar, b: scalar }, { requiredKeys: [] }), { maxLength: 8 });
      const filter = fc.record({ a: fc.oneof(scalar, range), b: fc.oneof(scalar, range) }, { requiredKeys: [] });
      const collection = store.collection<Loose>(loose);
      await fc.assert(
        fc.asyncProperty(documents, fc.array(filter, { minLength: 1, maxLength: 5 }), async (bodies, filters) => {
          await collection.delete({});
          const all = bodies.map((body, index) => ({ ...body, id: String(index) }));
          await Promise.all(all.map((document) => collection.insert(document)));
          for (const each of filters) {
            const expected = all.filter((document) => matches(document, each)).map((document) => document.id);
            expect((await collection.find(each)).map((found) => found.id)).toEqual(expected);
            expect(await collection.count(each)).toBe(expected.length);
          }
        }),
        { numRuns: 60 },
      );
    });

    it("carries every naughty string through ids, fields and filters", async () => {
      const texts = naughtyStrings;
      await Promise.all(texts.map((text, index) => persons.insert(person(`id ${text}`, { username: text, team: text, age: index }))));
      for (const text of texts) {
        expect(await persons.get(`id ${text}`)).toMatchObject({ username: text });
        expect((await persons.find({ team: text })).map((found) => found.id)).toEqual([`id ${text}`]);
        expect(await persons.findOne({ username: { in: [text] } })).toMatchObject({ team: text });
        expect(await persons.count({ username: { contains: [text] } })).toBe(texts.filter((other) => other.includes(text)).length);
      }
      expect(await persons.count({})).toBe(texts.length);
    });

    it("refuses a field name that is none, also one that holds a statement", async () => {
      for (const name of ["a'); DROP TABLE people; --", "__proto__.x", "", "a b"]) {
        const filter = JSON.parse(`{${JSON.stringify(name)}: 1}`);
        await expect(persons.find(filter)).rejects.toThrow("Not a field");
        await expect(persons.delete(filter)).rejects.toThrow("Not a field");
      }
      expect(await persons.count({})).toBe(0);
    });

    it("clears every collection", async () => {
      await persons.insert(person("1"));
      await store.collection<{ id: string; expiresAt: string }>(notes).insert({ id: "n", expiresAt: clock.now() });
      await store.clear();
      expect(await persons.count({})).toBe(0);
      expect(await store.collection<{ id: string; expiresAt: string }>(notes).count({})).toBe(0);
    });

    it("says that it is up, and once closed that it is down and unavailable", async () => {
      expect(await store.health()).toMatchObject({ state: "up" });
      const pending = persons.insert(person("1"));
      await store.close();
      await pending;
      expect(await store.health()).toMatchObject({ state: "down" });
      await expect(persons.get("1")).rejects.toMatchObject({ code: "store-unavailable" });
      await expect(persons.insert(person("2"))).rejects.toMatchObject({ code: "store-unavailable" });
    });
  });
}
