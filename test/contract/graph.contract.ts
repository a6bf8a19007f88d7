import type { GraphPort } from "@main/data/graph/port.ts";
import { UniqueViolation } from "@main/data/graph/port.ts";
import { AppError } from "@shared/define.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { racesContract } from "./graph-races.contract.ts";
import { addProbe, countProbes, findProbe, findProbes, findSlots, raiseProbe, reading, takeSlot, writing } from "./graph-statements.ts";
import { valuesContract } from "./graph-values.contract.ts";

/** An engine under test: its graph with the schema in place, and what ends it. */
export interface GraphUnderTest {
  graph: GraphPort;
  close(): Promise<void>;
}

export interface GraphTestOptions {
  deadlineMs?: number;
}

export type OpenGraph = (options?: GraphTestOptions) => Promise<GraphUnderTest>;

/**
 * What the statements of one transaction see of others: `snapshot` is the state at its beginning and conflicts between what was read and what
 * others wrote; `read-committed` is at each statement what is committed by then, so whoever decides by what it read takes a lock first.
 */
export type Isolation = "snapshot" | "read-committed";

/** What every graph engine must do: one suite, the engine is its parameter. */
export function graphContract(name: string, isolation: Isolation, open: OpenGraph): void {
  describe(`graph on ${name}`, () => {
    let opened: GraphUnderTest;
    let graph: GraphPort;
    beforeAll(async () => {
      opened = await open();
      graph = opened.graph;
    });
    afterAll(() => opened.close());

    readsContract(() => graph);
    isolationContract(() => graph, isolation);
    writesContract(() => graph);
    valuesContract(() => graph);
    racesContract(() => graph, isolation);
    deadlinesContract(open);
    endContract(open);
  });
}

const probes = (graph: GraphPort) => graph.read(async (r) => (await r.query<{ probes: number }>(countProbes))[0]?.probes);

function readsContract(graph: () => GraphPort): void {
  describe("a read", () => {
    it("answers rows in the statement's order", async () => {
      await graph().write(async (w) => {
        for (const name of ["order-c", "order-a", "order-b"]) await w.execute(addProbe, { name, value: 1 });
      });
      const rows = await graph().read((r) => r.query<{ name: string }>(findProbes));
      expect(rows.map((row) => row.name).filter((name) => name.startsWith("order-"))).toEqual(["order-a", "order-b", "order-c"]);
    });

    it("answers an empty list when nothing matches", async () => {
      expect(await graph().read((r) => r.query(findSlots, { key: "nobody" }))).toEqual([]);
    });

    it("runs statements side by side", async () => {
      const names = ["side-1", "side-2", "side-3"];
      await graph().write(async (w) => {
        await Promise.all(names.map((name, value) => w.execute(addProbe, { name, value })));
      });
      const found = await graph().read((r) => Promise.all(names.map((name) => r.query(findProbe, { name }))));
      expect(found).toEqual([[{ value: 0 }], [{ value: 1 }], [{ value: 2 }]]);
    });

    it("refuses a statement that is marked as writing", async () => {
      const before = await probes(graph());
      await expect(graph().read((r) => r.query(addProbe, { name: "smuggled", value: 1 }))).rejects.toMatchObject({ code: "internal" });
      expect(await probes(graph())).toBe(before);
    });

    const unmarked = [
      "CREATE (p:Probe {name: 'unmarked'}) RETURN p.name AS name",
      "MATCH (p:Probe) SET p.unmarked = true RETURN count(p) AS probes",
      "UNWIND [1] AS x MERGE (p:Probe {name: 'unmarked'}) RETURN p.name AS name",
      "MATCH (p:Probe) DETACH DELETE p",
      "CREATE CONSTRAINT unmarked IF NOT EXISTS FOR (p:Probe) REQUIRE p.value IS UNIQUE",
    ];
    it.each(unmarked)("keeps nothing of a text that writes without the mark: %s", async (text) => {
      await graph().write((w) => w.execute(addProbe, { name: "bystander", value: 7 }));
      const before = await probes(graph());
      await expect(graph().read((r) => r.query(reading(text)))).rejects.toMatchObject({ code: "internal" });
      await expect(graph().write((w) => w.query(reading(text)))).rejects.toMatchObject({ code: "internal" });
      expect(await probes(graph())).toBe(before);
      expect(await graph().read((r) => r.query(reading("MATCH (p:Probe) WHERE p.unmarked RETURN p.name AS name")))).toEqual([]);
      // A constraint would refuse the second of these.
      await graph().write((w) => w.execute(addProbe, { name: "bystander", value: 7 }));
    });
  });
}

function isolationContract(graph: () => GraphPort, isolation: Isolation): void {
  describe("a read beside a write", () => {
    const promise = isolation === "snapshot" ? "one state, whatever is written meanwhile" : "at each statement what is committed by then";
    it(`sees ${promise}`, async () => {
      await graph().write((w) => w.execute(addProbe, { name: "steady", value: 1 }));
      const seen = await graph().read(async (r) => {
        const before = await r.query(findProbe, { name: "steady" });
        await graph().write((w) => w.execute(raiseProbe, { name: "steady" }));
        return [before, await r.query(findProbe, { name: "steady" })];
      });
      expect(seen).toEqual([[{ value: 1 }], [{ value: isolation === "snapshot" ? 1 : 2 }]]);
      expect(await graph().read((r) => r.query(findProbe, { name: "steady" }))).toEqual([{ value: 2 }]);
    });

    it("sees nothing that is not committed", async () => {
      await graph().write((w) => w.execute(addProbe, { name: "pending", value: 1 }));
      const meanwhile = await graph().write(async (w) => {
        await w.execute(raiseProbe, { name: "pending" });
        await w.execute(addProbe, { name: "pending", value: 9 });
        return graph().read((r) => r.query(findProbe, { name: "pending" }));
      });
      expect(meanwhile).toEqual([{ value: 1 }]);
    });
  });
}

function writesContract(graph: () => GraphPort): void {
  describe("a write", () => {
    it("is seen by its own later statements, and by others when it is done", async () => {
      const inside = await graph().write(async (w) => {
        await w.execute(addProbe, { name: "own", value: 5 });
        return await w.query(findProbe, { name: "own" });
      });
      expect(inside).toEqual([{ value: 5 }]);
      expect(await graph().read((r) => r.query(findProbe, { name: "own" }))).toEqual([{ value: 5 }]);
    });

    it("keeps nothing when its work throws, and hands the error on", async () => {
      const failure = new AppError("slot-taken", "taken");
      const work = graph().write(async (w) => {
        await w.execute(addProbe, { name: "half", value: 1 });
        await w.execute(addProbe, { name: "half", value: 2 });
        throw failure;
      });
      await expect(work).rejects.toBe(failure);
      expect(await graph().read((r) => r.query(findProbe, { name: "half" }))).toEqual([]);
    });

    it("keeps nothing when a later statement is refused", async () => {
      await graph().write((w) => w.execute(takeSlot, { key: "first", by: "a" }));
      const work = graph().write(async (w) => {
        await w.execute(addProbe, { name: "refused", value: 1 });
        await w.execute(takeSlot, { key: "first", by: "b" });
      });
      await expect(work).rejects.toBeInstanceOf(UniqueViolation);
      expect(await graph().read((r) => r.query(findProbe, { name: "refused" }))).toEqual([]);
      expect(await graph().read((r) => r.query(findSlots, { key: "first" }))).toEqual([{ by: "a" }]);
    });

    it("keeps nothing when its work swallows a refusal", async () => {
      await graph().write((w) => w.execute(takeSlot, { key: "swallowed", by: "a" }));
      const work = graph().write(async (w) => {
        await w.execute(addProbe, { name: "swallowed", value: 1 });
        await w.execute(takeSlot, { key: "swallowed", by: "b" }).catch(() => undefined);
        return "done";
      });
      await expect(work).rejects.toBeInstanceOf(UniqueViolation);
      expect(await graph().read((r) => r.query(findProbe, { name: "swallowed" }))).toEqual([]);
    });

    it("names label and property of a uniqueness violation, and not the value", async () => {
      await graph().write((w) => w.execute(takeSlot, { key: "Amina's 'secret' on :Patient", by: "a" }));
      const twice = graph().write((w) => w.execute(takeSlot, { key: "Amina's 'secret' on :Patient", by: "b" }));
      await expect(twice).rejects.toMatchObject({ name: "UniqueViolation", label: "Slot", property: "key" });
      await expect(twice).rejects.not.toHaveProperty("message", expect.stringContaining("secret"));
    });

    it("finds a value taken by a change of a property, too", async () => {
      await graph().write((w) => w.execute(takeSlot, { key: "held", by: "a" }));
      await graph().write((w) => w.execute(takeSlot, { key: "free", by: "a" }));
      const move = writing("MATCH (s:Slot {key: $from}) SET s.key = $to RETURN s.key AS key");
      await expect(graph().write((w) => w.execute(move, { from: "free", to: "held" }))).rejects.toBeInstanceOf(UniqueViolation);
    });

    it("refuses a statement without the mark", async () => {
      const work = graph().write((w) => w.execute(reading("MATCH (p:Probe) RETURN p.name AS name")));
      await expect(work).rejects.toMatchObject({ code: "internal" });
    });

    it("is over when its work is: what is run later fails", async () => {
      const late = await graph().write(async (w) => ({ run: () => w.execute(addProbe, { name: "late", value: 1 }) }));
      await expect(late.run()).rejects.toMatchObject({ code: "internal" });
      expect(await graph().read((r) => r.query(findProbe, { name: "late" }))).toEqual([]);
    });

    it("names the statement that is wrong, and quotes no parameter", async () => {
      const wrong = graph().write((w) => w.execute(writing("CREATE (p:Probe {name: $name}"), { name: "Amina Haddad" }));
      await expect(wrong).rejects.toMatchObject({ code: "internal", message: expect.stringContaining("test/writing") });
      await expect(wrong).rejects.not.toHaveProperty("message", expect.stringContaining("Amina"));
    });

    it("does nothing when no statement is run", async () => {
      expect(await graph().write(async () => "nothing")).toBe("nothing");
    });
  });
}

/** Short for who waits for it, and still time for a write on a machine with other work. */
const STUCK_MS = 1_500;

function deadlinesContract(open: OpenGraph): void {
  describe("a deadline", () => {
    it("ends a write whose work never ends, keeps nothing, and lets the next writer through", async () => {
      const { graph, close } = await open({ deadlineMs: STUCK_MS });
      try {
        const stuck = graph.write(async (w) => {
          await w.execute(addProbe, { name: "stuck", value: 1 });
          await new Promise(() => undefined);
        });
        await expect(stuck).rejects.toMatchObject({ code: "timeout" });
        expect(await graph.write((w) => w.execute(addProbe, { name: "next", value: 1 }))).toEqual([{ name: "next" }]);
        expect(await graph.read((r) => r.query(findProbe, { name: "stuck" }))).toEqual([]);
      } finally {
        await close();
      }
    });

    it("ends a read whose work never ends", async () => {
      const { graph, close } = await open({ deadlineMs: STUCK_MS });
      try {
        await expect(graph.read(() => new Promise(() => undefined))).rejects.toMatchObject({ code: "timeout" });
      } finally {
        await close();
      }
    });
  });
}

function endContract(open: OpenGraph): void {
  describe("the end", () => {
    it("waits for the writes under way and refuses later calls", async () => {
      const { graph, close } = await open();
      const last = graph.write((w) => w.execute(addProbe, { name: "last", value: 1 }));
      const closed = graph.close();
      await expect(last).resolves.toEqual([{ name: "last" }]);
      await closed;
      await expect(graph.read((r) => r.query(countProbes))).rejects.toMatchObject({ code: "store-unavailable" });
      await graph.close();
      await close();
    });

    it("is preceded by good health", async () => {
      const { graph, close } = await open();
      const { nodes: before } = await graph.health();
      await graph.write((w) => w.execute(addProbe, { name: "counted", value: 1 }));
      expect(await graph.health()).toMatchObject({ state: "up", nodes: before + 1 });
      await close();
    });
  });
}
