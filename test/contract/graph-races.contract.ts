import { nextId, nextIds } from "@main/data/graph/next-id.ts";
import { type GraphPort, UniqueViolation } from "@main/data/graph/port.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Isolation } from "./graph.contract.ts";
import { addProbe, findProbe, holdProbe, raiseProbe, reading, setProbe, takeSlot, writing } from "./graph-statements.ts";

const RACERS = 64;
/** How often a race and a model's sequence are tried: a server answers each over a connection. */
const TURNS = { snapshot: { rounds: 200, sequences: 60 }, "read-committed": { rounds: 40, sequences: 25 } } as const;

const countSlots = reading("MATCH (s:Slot) WHERE s.key STARTS WITH 'race|' RETURN count(*) AS slots, count(DISTINCT s.key) AS keys");
const dropModel = writing("MATCH (n:Model) DETACH DELETE n");
const putModel = writing("MERGE (n:Model {name: $name}) SET n.value = $value RETURN n.value AS value");
const deleteModel = writing("MATCH (n:Model {name: $name}) DETACH DELETE n");
const linkModel = writing("MATCH (a:Model {name: $name}), (b:Model {name: $to}) MERGE (a)-[:NEXT]->(b) RETURN a.name AS name");
const readModel = reading("MATCH (n:Model) RETURN n.name AS name, n.value AS value ORDER BY name");
const readLinks = reading("MATCH (a:Model)-[:NEXT]->(b:Model) RETURN a.name AS name, b.name AS to ORDER BY name, to");

/** What must hold when many write at once. */
export function racesContract(graph: () => GraphPort, isolation: Isolation): void {
  const { rounds, sequences } = TURNS[isolation];

  describe("writers at once", () => {
    it(`lose no increment: ${RACERS} of one counter`, async () => {
      await graph().write((w) => w.execute(addProbe, { name: "counter", value: 0 }));
      await Promise.all(Array.from({ length: RACERS }, () => graph().write((w) => w.execute(raiseProbe, { name: "counter" }))));
      expect(await graph().read((r) => r.query(findProbe, { name: "counter" }))).toEqual([{ value: RACERS }]);
    });

    // Every engine keeps what is read after a lock was taken; one with snapshots also what was only read.
    const manners = isolation === "snapshot" ? [true, false] : [true];
    it.each(manners)("lose nothing that is read first and written after (locked first: %s)", async (locked) => {
      const name = `balance-${locked}`;
      await graph().write((w) => w.execute(addProbe, { name, value: 0 }));
      await Promise.all(
        Array.from({ length: RACERS }, () =>
          graph().write(async (w) => {
            if (locked) await w.execute(holdProbe, { name });
            const [row] = await w.query<{ value: number }>(findProbe, { name });
            await w.execute(setProbe, { name, value: (row?.value ?? 0) + 1 });
          }),
        ),
      );
      expect(await graph().read((r) => r.query(findProbe, { name }))).toEqual([{ value: RACERS }]);
    });

    it(`have one winner each: ${rounds} rounds of ${RACERS} for one slot`, async () => {
      const startedAt = performance.now();
      for (let round = 0; round < rounds; round += 1) {
        const outcomes = await Promise.allSettled(
          Array.from({ length: RACERS }, (_, by) => graph().write((w) => w.execute(takeSlot, { key: `race|${round}`, by: String(by) }))),
        );
        const lost = outcomes.filter((outcome) => outcome.status === "rejected");
        expect(lost).toHaveLength(RACERS - 1);
        expect(lost.every((outcome) => outcome.reason instanceof UniqueViolation)).toBe(true);
      }
      expect(await graph().read((r) => r.query(countSlots))).toEqual([{ slots: rounds, keys: rounds }]);
      const ms = performance.now() - startedAt;
      console.info(`${rounds} rounds of ${RACERS} racing creations: one winner each, ${(ms / rounds / RACERS).toFixed(2)} ms a write`);
    }, 300_000);
  });

  describe("ids", () => {
    it("are unique and without a gap, whoever takes them at once", async () => {
      const first = await graph().write((w) => nextId(w, "Patient"));
      const start = Number(first.slice(1));
      const taken = await Promise.all([
        ...Array.from({ length: 20 }, () => graph().write(async (w) => [await nextId(w, "Patient")])),
        graph().write((w) => nextIds(w, "Patient", 30)),
      ]);
      const numbers = taken.flat().map((id) => Number(id.slice(1)));
      expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, index) => start + 1 + index));
    });

    it("are given back when the transaction is not kept", async () => {
      const before = await graph().write((w) => nextId(w, "Doctor"));
      const failed = graph().write(async (w) => {
        await nextIds(w, "Doctor", 10);
        throw new Error("not kept");
      });
      await expect(failed).rejects.toThrow("not kept");
      const after = await graph().write((w) => nextId(w, "Doctor"));
      expect(Number(after.slice(1))).toBe(Number(before.slice(1)) + 1);
    });

    it("count each label for itself and look as its ids do", async () => {
      expect(await graph().write((w) => nextIds(w, "Department", 2))).toEqual(["DP000001", "DP000002"]);
      expect(await graph().write((w) => nextIds(w, "Note", 0))).toEqual([]);
    });
  });

  describe("any sequence of writes", () => {
    const name = fc.constantFrom("a", "b", "c", "d", "e");
    const step = fc.oneof(
      fc.record({ kind: fc.constant("put" as const), name, value: fc.integer() }),
      fc.record({ kind: fc.constant("delete" as const), name }),
      fc.record({ kind: fc.constant("link" as const), name, to: name }),
    );
    const transaction = fc.record({ steps: fc.array(step, { minLength: 1, maxLength: 6 }), aborted: fc.boolean() });

    it("leaves what a model says: each transaction whole or not at all", async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(transaction, { minLength: 1, maxLength: 8 }), async (transactions) => {
          await graph().write((w) => w.execute(dropModel));
          const model = { values: new Map<string, number>(), links: new Set<string>() };
          for (const { steps, aborted } of transactions) {
            const written = graph().write(async (w) => {
              for (const step of steps) {
                if (step.kind === "put") await w.execute(putModel, { name: step.name, value: step.value });
                if (step.kind === "delete") await w.execute(deleteModel, { name: step.name });
                if (step.kind === "link") await w.execute(linkModel, { name: step.name, to: step.to });
              }
              if (aborted) throw new Error("aborted");
            });
            if (aborted) await expect(written).rejects.toThrow("aborted");
            else {
              await written;
              for (const step of steps) advance(model, step);
            }
          }
          const values = await graph().read((r) => r.query<{ name: string; value: number }>(readModel));
          const links = await graph().read((r) => r.query<{ name: string; to: string }>(readLinks));
          expect(values.map((row) => [row.name, row.value])).toEqual([...model.values].toSorted());
          expect(links.map((row) => `${row.name}>${row.to}`)).toEqual([...model.links].toSorted());
        }),
        { numRuns: sequences },
      );
    });
  });
}

type ModelStep =
  | { kind: "put"; name: string; value: number }
  | { kind: "delete"; name: string }
  | { kind: "link"; name: string; to: string };

function advance(model: { values: Map<string, number>; links: Set<string> }, step: ModelStep): void {
  if (step.kind === "put") model.values.set(step.name, step.value);
  if (step.kind === "delete") {
    model.values.delete(step.name);
    for (const link of model.links) if (link.split(">").includes(step.name)) model.links.delete(link);
  }
  if (step.kind === "link" && model.values.has(step.name) && model.values.has(step.to)) model.links.add(`${step.name}>${step.to}`);
}
