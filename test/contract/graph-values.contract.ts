import type { GraphPort, Value } from "@main/data/graph/port.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { naughtyStrings } from "../world/shared-data.ts";
import { reading, writing } from "./graph-statements.ts";

const naughty = [...naughtyStrings, "x".repeat(100_000)];

const give = reading("RETURN $value AS value");
const keep = writing("CREATE (v:Kept) SET v += $properties RETURN properties(v) AS properties");

/** Whole numbers and fractions that JavaScript and a graph engine both hold exactly. */
const number = fc
  .oneof(fc.maxSafeInteger(), fc.double({ noNaN: true, noDefaultInfinity: true }))
  .map((value) => (Object.is(value, -0) ? 0 : value));
const text = fc.string({ unit: "grapheme", maxLength: 40 });
const scalar = fc.oneof(text, number, fc.boolean());
const value = fc.letrec<{ tree: Value }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    scalar,
    fc.array(tie("tree"), { maxLength: 4 }),
    fc.dictionary(
      fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 8 }).filter((key) => !/^[$_]/.test(key)),
      tie("tree"),
      { maxKeys: 4, noNullPrototype: true },
    ),
  ),
})).tree;
const property = fc.oneof(
  scalar,
  fc.array(text, { maxLength: 5 }),
  fc.array(fc.integer(), { maxLength: 5 }),
  fc.array(fc.boolean(), { maxLength: 5 }),
);

/** What goes in as a parameter comes back the same, from a column and from a property. */
export function valuesContract(graph: () => GraphPort): void {
  const echo = async (value: Value) => (await graph().read((r) => r.query<{ value: Value }>(give, { value })))[0]?.value;
  const store = async (properties: Record<string, Value>) =>
    (await graph().write((w) => w.execute<{ properties: Record<string, Value> }>(keep, { properties })))[0]?.properties;

  describe("a value", () => {
    it(`comes back whole: ${naughty.length} naughty strings`, async () => {
      expect(await echo(naughty)).toEqual(naughty);
      expect(await store({ naughty })).toEqual({ naughty });
      for (const text of naughty) expect(await echo(text)).toBe(text);
    });

    it.each([null, true, false, 0, 1, -1, 2.5, 1e-9, 1e300, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER])(
      "comes back whole: %s",
      async (value) => {
        expect(await echo(value)).toBe(value);
      },
    );

    it("comes back whole as a parameter and a column: any JSON", async () => {
      await fc.assert(
        fc.asyncProperty(value, async (value) => {
          expect(await echo(value)).toEqual(value);
        }),
        { numRuns: 300 },
      );
    });

    it("comes back whole as a property: text, number, truth value or a list of one of them", async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.dictionary(fc.stringMatching(/^[a-z][a-zA-Z]{0,8}$/), property, { maxKeys: 6, noNullPrototype: true }),
          async (properties) => {
            expect(await store(properties)).toEqual(properties);
          },
        ),
        { numRuns: 150 },
      );
    });

    it("of null, or an absent one, removes a property", async () => {
      expect(await store({ kept: 1, gone: null, absent: undefined as unknown as Value })).toEqual({ kept: 1 });
    });

    it("that is a node counts as the map of its properties", async () => {
      const row = await graph().write((w) =>
        w.execute(writing("CREATE (v:Kept {name: 'n'})-[e:TO {since: 1}]->(:Kept) RETURN v AS v, e AS e")),
      );
      expect(row).toEqual([{ v: { name: "n" }, e: { since: 1 } }]);
    });
  });

  describe("a parameter is refused before it reaches the engine", () => {
    const nested = (depth: number): Value => (depth === 0 ? 1 : [nested(depth - 1)]);

    it("when it is nested more than 64 deep", async () => {
      expect(await echo(nested(63))).toEqual(nested(63));
      await expect(echo(nested(64))).rejects.toMatchObject({ code: "invalid-input" });
      await expect(echo(nested(3_000))).rejects.toMatchObject({ code: "invalid-input" });
    });

    it("when it is larger than 8 MB", async () => {
      await expect(echo("é".repeat(4 * 1024 * 1024))).rejects.toMatchObject({ code: "too-large" });
      await expect(echo(Array.from({ length: 1_100_000 }, () => 0))).rejects.toMatchObject({ code: "too-large" });
    });

    it.each(["$date", "_id", "__proto__"])("when a map in it has the key %s, which an engine reads in its own way", async (key) => {
      await expect(echo({ map: Object.fromEntries([[key, "2026-11-22"]]) })).rejects.toMatchObject({ code: "invalid-input" });
    });

    it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])("when it is %s", async (value) => {
      await expect(echo({ deep: [value] })).rejects.toMatchObject({ code: "invalid-input" });
    });
  });
}
