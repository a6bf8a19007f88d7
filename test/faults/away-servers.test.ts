import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { UserViewer } from "@main/platform/request.ts";
import type { NumberedEvent } from "@shared/contract/events.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { OWN_PASSWORD } from "../integration/files-world.ts";
import type { Proxy } from "../servers/proxy.ts";
import { TEST_PASSWORD } from "../world/clinic-with.ts";
import { outcomeOf } from "./as-client.ts";
import type { WritersClinic } from "./clinic-writer.ts";
import { faultTable } from "./fault-table.ts";
import { openProxiedWorld, type ProxiedWorld, type StoreName } from "./proxied-world.ts";
import { writersClinic } from "./written.ts";

// A store that is away, slow or silent in the middle of a day's work, seen from the routes.
const DEADLINE_MS = 10_000;
/** The trail is given a moment after the deadline; the rest is for a machine that does other things, too. */
const TOLERANCE_MS = 1_500;
const RECOVERY_MS = 20_000;
const STORES = ["graph", "documents"] as const;

const tell = faultTable("away");
let proxied: ProxiedWorld;
let clinic: WritersClinic;
let tokens: { doctor: string; reception: string };
let slots = 0;

beforeAll(async () => {
  proxied = await openProxiedWorld();
  const small = await proxied.world.clinicWith();
  clinic = await writersClinic(proxied.world, small);
  tokens = { doctor: await ownToken(small.users.doctor), reception: await ownToken(small.users.reception) };
}, 300_000);
afterAll(() => proxied?.close());

/** A password that somebody else chose opens nothing over the transports: they choose one of their own. */
async function ownToken(user: UserViewer): Promise<string> {
  await proxied.world.call("session", "changePassword", { currentPassword: TEST_PASSWORD, newPassword: OWN_PASSWORD }, user);
  return (await proxied.world.signIn(user.username, OWN_PASSWORD)).token;
}

/** As over a transport: with the token, which the session is read for. */
function byToken(domain: string, route: string, input: unknown, token: string): Promise<unknown> {
  const { app, clock } = proxied.world;
  const origin = { transport: "internal" as const, address: "internal", userAgent: "" };
  return app.life.run(domain, route, input, { token, clock, signal: new AbortController().signal, origin });
}

function book(key: string = randomUUID()): Promise<unknown> {
  slots += 1;
  const at = Date.parse("2026-03-04T05:00:00.000Z") + Math.floor(slots / 32) * 86_400_000 + (slots % 32) * 900_000;
  const { patientId, doctorId } = clinic;
  return byToken("scheduling", "bookAppointment", { patientId, doctorId, startsAt: new Date(at).toISOString(), key }, tokens.reception);
}
const say = () => {
  const clientId = randomUUID();
  return byToken("messaging", "sendText", { conversationId: clinic.conversationId, text: "hello", clientId }, tokens.doctor);
};
const chart = () => byToken("patients", "getChart", { patientId: clinic.patientId }, tokens.doctor);
const search = () => byToken("patients", "search", { text: "Given" }, tokens.reception);
const free = () => byToken("scheduling", "listFreeSlots", { doctorId: clinic.doctorId, day: "2026-05-05" }, tokens.reception);
const finding = () => {
  const { encounterId } = clinic;
  return byToken("encounters", "recordObservation", { encounterId, kind: "finding", text: "cough", key: randomUUID() }, tokens.doctor);
};
const OF_A_DAY: Record<string, () => Promise<unknown>> = { book: () => book(), say, chart, search, free, finding };

/** All calls of a day at once, so many times one after the other: what each came to, and the longest. */
async function dayOfWork(rounds: number) {
  const outcomes: { name: string; code: string; ms: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const calls = Object.entries(OF_A_DAY).map(async ([name, call]) => ({ name, ...(await outcomeOf(call())) }));
    outcomes.push(...(await Promise.all(calls)));
  }
  return { outcomes, longestCallMs: Math.max(...outcomes.map(({ ms }) => ms)) };
}

/** The time until a booking and a message succeed again, as somebody sees it who tries all the time. */
async function recovery(): Promise<number> {
  const began = performance.now();
  for (const call of [() => book(), say]) {
    for (let code = ""; code !== "ok"; await sleep(code === "ok" ? 0 : 50)) {
      code = (await outcomeOf(call())).code;
      expect({ code, inTime: performance.now() - began < RECOVERY_MS }).toEqual({ code, inTime: true });
    }
  }
  return performance.now() - began;
}

/** What somebody is told who listens. */
function listen() {
  const gone = new AbortController();
  const { app, clock } = proxied.world;
  const heard: NumberedEvent[] = [];
  const ended = (async () => {
    const asked = app.call("events", "subscribe", {}, { viewer: clinic.reception, clock, signal: gone.signal });
    for await (const item of (await asked) as AsyncGenerator<NumberedEvent>) heard.push(item);
  })();
  const types = () => heard.flatMap(({ event }) => (event && "store" in event ? [`${event.type} ${event.store}`] : []));
  return { heard, types, stop: () => (gone.abort(), ended) };
}

const FAULTS: [name: string, begin: (proxy: Proxy) => void, end: (proxy: Proxy) => void][] = [
  ["down", (proxy) => proxy.down(true), (proxy) => proxy.down(false)],
  ["slow by 2 s a message", (proxy) => proxy.delay(2_000), fast],
  ["slow by 15 s a message", (proxy) => proxy.delay(15_000), fast],
  ["silent (a black hole)", (proxy) => proxy.blackHole(true), (proxy) => proxy.blackHole(false)],
];

/** What is still on its way would be overtaken by what follows. */
function fast(proxy: Proxy): void {
  proxy.delay(0);
  proxy.cutAll();
}

describe.each(STORES)("while the store of %s", (store: StoreName) => {
  const other = store === "graph" ? "documents" : "graph";

  it.each(FAULTS)(
    "is %s, every call ends by its deadline with a typed error, and all works again by itself",
    { timeout: 180_000 },
    async (name, begin, end) => {
      await recovery();
      const listener = listen();
      begin(proxied[store]);
      // The second round finds the store known to be away.
      const rounds = name === "down" ? 2 : 1;
      const { outcomes, longestCallMs } = await dayOfWork(rounds);
      const { code, ms } = await outcomeOf(proxied.world.call("system", "getConnection", {}, null));
      end(proxied[store]);
      const recoveryMs = await recovery();
      const codes = [...new Set(outcomes.map((each) => each.code))].sort();
      expect(codes.filter((each) => !["ok", "store-unavailable", "timeout"].includes(each))).toEqual([]);
      expect(outcomes.some((each) => each.code !== "ok")).toBe(true);
      expect(longestCallMs).toBeLessThan(DEADLINE_MS + TOLERANCE_MS);
      expect({ code, atOnce: ms < 1_000 }).toEqual({ code: "ok", atOnce: true });
      // Signing in, the trail and messages among staff need no graph.
      if (store === "graph")
        expect(outcomes.filter((each) => each.name === "say").map((each) => each.code)).toEqual(Array(rounds).fill("ok"));
      await expect
        .poll(() => listener.types().at(-1) ?? `system.storeRestored ${store}`, { timeout: 10_000 })
        .toBe(`system.storeRestored ${store}`);
      expect(listener.types().filter((type) => type.endsWith(other))).toEqual([]);
      if (name === "down") {
        expect(listener.types()).toEqual([`system.storeLost ${store}`, `system.storeRestored ${store}`]);
        expect(listener.heard.some(({ resync }) => resync)).toBe(true);
      }
      await listener.stop();
      tell({ fault: `the store of ${store} is ${name}`, times: outcomes.length, longestCallMs, recoveryMs, also: codes.join(", ") });
    },
  );
});
