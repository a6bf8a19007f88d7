import { setTimeout as sleep } from "node:timers/promises";
import type { MongoServer } from "@main/data/documents/mongo.ts";
import { mongoRelay } from "@main/data/documents/mongo-relay.ts";
import type { EventRelay, RelayedEvent } from "@main/data/relay/port.ts";
import { systemClock } from "@main/platform/clock.ts";
import { EVERYONE } from "@main/platform/events.ts";
import { createLog } from "@main/platform/pino-log.ts";
import { ChangeStream } from "mongodb";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Proxy as Network, startProxy } from "../servers/proxy.ts";
import { type MongoUnderTest, mongoUnderTest } from "./mongo-under-test.ts";

const log = createLog({ level: "silent" });

/** The same server, as one that has no change streams. */
function withoutStreams(server: MongoServer): MongoServer {
  return new Proxy(server, {
    get(target, name) {
      if (name === "features") return () => ({ ...target.features(), changeStreams: false });
      const value = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

for (const way of ["as the server has it", "by polling"] as const) {
  describe(`events between workstations, ${way}`, () => {
    let mongo: MongoUnderTest;
    let network: Network;
    const open: EventRelay[] = [];
    const workstation = async (id: string, uri = mongo.settings.uri) => {
      const server = await mongo.connect(uri);
      const relay = mongoRelay({
        server: way === "by polling" ? withoutStreams(server) : server,
        workstation: { id },
        log,
        clock: systemClock,
      });
      open.push(relay);
      const told: (string | number)[] = [];
      relay.listen((item) => told.push(item === "gap" ? "gap" : numberOf(item)));
      return { relay, told };
    };
    const event = (n: number): RelayedEvent => ({
      event: { type: "files.changed", patientId: "P000001", fileId: String(n) },
      audience: n % 2 ? EVERYONE : { roles: ["doctor"], userIds: ["U000001"] },
    });
    const numberOf = ({ event: { type, ...rest }, audience }: RelayedEvent) => {
      const n = "fileId" in rest ? Number(rest.fileId) : Number.NaN;
      expect({ event: { type, ...rest }, audience }).toEqual(event(n));
      return n;
    };
    const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);
    const viaNetwork = () => `mongodb://127.0.0.1:${network.port}`;
    /** Until the relays listen: their first reading tells nothing of the past. */
    const settled = () => sleep(600);

    beforeEach(async () => {
      mongo = await mongoUnderTest();
      network = await startProxy({ port: Number(new URL(mongo.settings.uri).port) });
    });
    afterEach(async () => {
      await Promise.all(open.splice(0).map((relay) => relay.close()));
      await network.close();
      await mongo.end();
    });

    it("are told to all others, in each sender's order and once, and not to the sender", async () => {
      const [a, b, c] = [await workstation("a"), await workstation("b"), await workstation("c")];
      await settled();
      for (const n of upTo(300)) a.relay.send(event(n));
      await expect.poll(() => b.told.length, { timeout: 5_000 }).toBe(300);
      for (const n of upTo(3)) b.relay.send(event(1000 + n));
      await expect.poll(() => [a.told.length, c.told.length], { timeout: 5_000 }).toEqual([3, 303]);
      expect(b.told).toEqual(upTo(300));
      expect(a.told).toEqual([1000, 1001, 1002]);
      expect(c.told.filter((n) => Number(n) < 1000)).toEqual(upTo(300));
      await sleep(700);
      expect([a.told.length, b.told.length, c.told.length]).toEqual([3, 300, 303]);
    });

    it("come within a second, in how many milliseconds is printed", async ({ annotate }) => {
      const [a, b] = [await workstation("a"), await workstation("b")];
      await settled();
      const took: number[] = [];
      for (const n of upTo(30)) {
        const sent = performance.now();
        const arrived = new Promise<void>((resolve) => {
          const stop = b.relay.listen(() => {
            stop();
            resolve();
          });
        });
        a.relay.send(event(n));
        await arrived;
        took.push(performance.now() - sent);
        await sleep(10);
      }
      took.sort((x, y) => x - y);
      await annotate(`${a.relay.way}: median ${took[15]?.toFixed(1)} ms, slowest ${took[29]?.toFixed(1)} ms end to end`);
      expect(took[29]).toBeLessThan(1_000);
    });

    it("are asked for no more once closed, also where an answer was on its way", async () => {
      const { relay } = await workstation("a");
      await settled();
      const { tryNext } = ChangeStream.prototype;
      let closing: Promise<void> | null = null;
      const asked = vi.spyOn(ChangeStream.prototype, "tryNext").mockImplementation(function (this: ChangeStream) {
        const answer = tryNext.call(this);
        closing ??= relay.close();
        return answer;
      });
      try {
        await sleep(200);
        expect(closing === null).toBe(relay.way === "polling");
        await (closing ?? relay.close());
        const whileOpen = asked.mock.calls.length;
        await sleep(200);
        expect(asked.mock.calls.length).toBe(whileOpen);
      } finally {
        asked.mockRestore();
      }
    });

    it("are not of the past for who begins to listen", async () => {
      const a = await workstation("a");
      await settled();
      for (const n of upTo(5)) a.relay.send(event(n));
      await settled();
      const late = await workstation("late");
      await settled();
      a.relay.send(event(5));
      await expect.poll(() => late.told, { timeout: 5_000 }).toEqual([5]);
    });

    it("are neither lost nor doubled for a listener that was cut off meanwhile", async () => {
      const [a, b] = [await workstation("a"), await workstation("b", viaNetwork())];
      await settled();
      for (const n of upTo(40)) {
        a.relay.send(event(n));
        if (n === 10) network.down(true);
        if (n === 25) network.down(false);
        if (n === 32) network.cutAll();
        await sleep(40);
      }
      await expect.poll(() => b.told.length, { timeout: 15_000 }).toBe(40);
      expect(b.told).toEqual(upTo(40));
    });

    it("are neither lost nor doubled for a sender that was cut off meanwhile, also right behind a write", async () => {
      const [a, b] = [await workstation("a", viaNetwork()), await workstation("b")];
      await settled();
      for (const n of upTo(40)) {
        if (n % 10 === 5)
          network.arm({ direction: n % 20 === 5 ? "to-server" : "to-client", piece: 1, when: n % 20 === 5 ? "after" : "before" });
        a.relay.send(event(n));
        await sleep(40);
      }
      await expect.poll(() => b.told.length, { timeout: 20_000 }).toBe(40);
      expect(b.told).toEqual(upTo(40));
    });

    it("are told as a gap where more was to be sent than is kept back, and go on behind it", async () => {
      const [a, b] = [await workstation("a", viaNetwork()), await workstation("b")];
      await settled();
      a.relay.send(event(0));
      await expect.poll(() => b.told, { timeout: 5_000 }).toEqual([0]);
      network.down(true);
      for (const n of upTo(2_500)) a.relay.send(event(1 + n));
      await sleep(300);
      network.down(false);
      await expect.poll(() => b.told.at(-1), { timeout: 20_000 }).toBe(2_500);
      expect(b.told).toContain("gap");
      const numbers = b.told.filter((n) => n !== "gap");
      expect(numbers).toEqual([...new Set(numbers)].sort((x, y) => Number(x) - Number(y)));
    });

    it("are told as a gap where some are missing from the log, and where a run ended without its last word", async () => {
      const [a, b] = [await workstation("a", viaNetwork()), await workstation("b", viaNetwork())];
      await settled();
      a.relay.send(event(0));
      await expect.poll(() => b.told, { timeout: 5_000 }).toEqual([0]);
      const events = mongo.raw.db(mongo.settings.database).collection("events");
      const last = await events.findOne({ n: 1 });
      await events.insertOne({ ...last, _id: "later" as never, n: 4, item: event(4) });
      await expect.poll(() => b.told, { timeout: 7_000 }).toEqual([0, "gap", 4]);
      // The run of `a` is still without its last word when its workstation begins anew.
      const again = await workstation("a");
      again.relay.send(event(5));
      await expect.poll(() => b.told, { timeout: 7_000 }).toEqual([0, "gap", 4, "gap", 5]);
    });
  });
}
