import { setTimeout as sleep } from "node:timers/promises";
import { type LeaseDocument, leases } from "@main/data/documents/coordination.ts";
import type { DocumentPort } from "@main/data/documents/port.ts";
import { sharedLeases } from "@main/data/leases/shared-leases.ts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

/** An engine under test: documents with the collections that workstations agree by. */
export interface LeaseEngine {
  name: string;
  open(): Promise<{ documents: DocumentPort; remove(): Promise<void> }>;
}

/** The documents, but what one workstation does can be cut off from them. */
function cable(documents: DocumentPort) {
  let cut = false;
  return {
    set cut(value: boolean) {
      cut = value;
    },
    documents: {
      collection: ((spec: never) =>
        new Proxy(documents.collection(spec), {
          get: (target, name) => (cut ? () => Promise.reject(new Error("the store is away")) : Reflect.get(target, name, target)),
        })) as DocumentPort["collection"],
    },
  };
}

/** What shared leases promise, on whatever keeps their documents. */
export function leasesContract(engine: LeaseEngine): void {
  describe(`shared leases on ${engine.name}`, () => {
    let opened: Awaited<ReturnType<LeaseEngine["open"]>>;
    const workstation = (holder: string, monotonic?: () => number) => sharedLeases({ documents: opened.documents, holder, monotonic });
    const kept = () => opened.documents.collection<LeaseDocument>(leases).get("schema");

    beforeEach(async () => {
      opened = await engine.open();
    });
    afterEach(() => opened.remove());

    it("gives a right to one of eight workstations at a time, and to each in the end", async () => {
      let holding = 0;
      let most = 0;
      const order: number[] = [];
      await Promise.all(
        Array.from({ length: 8 }, async (_, index) => {
          const own = workstation(`ws-${index}`);
          for (let round = 0; round < 3; round += 1) {
            await own.hold("schema", async () => {
              holding += 1;
              most = Math.max(most, holding);
              order.push(index);
              await sleep(5);
              holding -= 1;
            });
          }
        }),
      );
      expect(most).toBe(1);
      expect(order).toHaveLength(24);
      // Nobody takes all turns of their own before another one has had the first.
      expect(new Set(order.slice(0, 16)).size).toBeGreaterThanOrEqual(5);
      expect(await kept()).toMatchObject({ holder: null, fence: 24 });
    });

    it("keeps turns of one workstation in the order of asking, and other names apart", async () => {
      const own = workstation("ws-1");
      const order: number[] = [];
      const first = own.hold("schema", () => sleep(60));
      const others = Array.from({ length: 5 }, (_, index) => own.hold("schema", async () => void order.push(index)));
      await own.hold("another", async () => void order.push(-1));
      await Promise.all([first, ...others]);
      expect(order).toEqual([-1, 0, 1, 2, 3, 4]);
    });

    it("frees the right when the work fails, and answers what the work answers", async () => {
      await expect(workstation("ws-1").hold("schema", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
      expect(await workstation("ws-2").hold("schema", () => Promise.resolve(42))).toBe(42);
    });

    it("refuses with timeout who waits too long, elsewhere and here, and holds nothing for them", async () => {
      const own = workstation("ws-1");
      const [begun, over] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const work = own.hold("schema", () => {
        begun.resolve();
        return over.promise;
      });
      await begun.promise;
      const waits = [own, workstation("ws-2")].map((each) => each.hold("schema", () => Promise.resolve("done"), { waitMs: 200 }));
      await Promise.all(waits.map((wait) => expect(wait).rejects.toMatchObject({ code: "timeout" })));
      over.resolve();
      await work;
      expect(await workstation("ws-3").hold("schema", () => Promise.resolve("done"), { waitMs: 300 })).toBe("done");
    });

    it("takes over from a holder that is gone once its beat stood still for 10 s before the taker's own clock", async () => {
      const collection = opened.documents.collection<LeaseDocument>(leases);
      await collection.insert({ id: "schema", holder: "ws-dead|1", beat: 3, fence: 7, wanted: 0 });
      const started = performance.now();
      // A clock that runs twenty times as fast.
      const fast = workstation("ws-2", () => performance.now() * 20);
      const fence = await fast.hold("schema", async () => (await kept())?.fence);
      expect(fence).toBe(8);
      expect(performance.now() - started).toBeGreaterThan(499);
    });

    it("does not take over while the beat moves, however fast it moves by the taker's clock", async () => {
      const collection = opened.documents.collection<LeaseDocument>(leases);
      await collection.insert({ id: "schema", holder: "ws-1|1", beat: 0, fence: 1, wanted: 0 });
      let beat = 0;
      const beating = setInterval(() => void collection.update("schema", { beat: (beat += 1) }), 100);
      const fast = workstation("ws-2", () => performance.now() * 20);
      await expect(fast.hold("schema", () => Promise.resolve(), { waitMs: 30_000 })).rejects.toMatchObject({ code: "timeout" });
      clearInterval(beating);
    });

    it("tells a holder that it lost the right: at its next beat when another has it, after 8 s when the store is away", async () => {
      const away = cable(opened.documents);
      const lostAfter = (own: ReturnType<typeof sharedLeases>, name: string, disturb: () => Promise<void> | void) =>
        own.hold(name, async (lost) => {
          await disturb();
          const started = performance.now();
          await new Promise((resolve) => lost.addEventListener("abort", resolve));
          return performance.now() - started;
        });
      const taken = lostAfter(workstation("ws-1"), "schema", async () => {
        await opened.documents.collection<LeaseDocument>(leases).update("schema", { holder: "ws-2|1", fence: 9 });
      });
      const cutOff = lostAfter(sharedLeases({ documents: away.documents, holder: "ws-1" }), "another", () => {
        away.cut = true;
      });
      expect(await taken).toBeLessThan(4_000);
      const after = await cutOff;
      expect(after).toBeGreaterThan(7_000);
      expect(after).toBeLessThan(9_000);
      // What was lost is not given back in the name of who has it now.
      expect(await kept()).toMatchObject({ holder: "ws-2|1", fence: 9 });
    });

    it("is not lost while its holder beats, for longer than a beat may stand still", async () => {
      const own = workstation("ws-1");
      const other = workstation("ws-2");
      let ended = false;
      const work = own.hold("schema", async (lost) => {
        await sleep(11_500);
        ended = true;
        return lost.aborted;
      });
      await sleep(50);
      const next = other.hold("schema", () => Promise.resolve(ended));
      expect(await work).toBe(false);
      expect(await next).toBe(true);
    });
  });
}
