import { randomUUID } from "node:crypto";
import type { UserViewer, Viewer } from "@main/platform/request.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type SmallClinic, TEST_PASSWORD } from "../world/clinic-with.ts";
import { sameAs } from "../world/on-servers.ts";
import { openWorld, type World } from "../world/open-world.ts";
import { faultTable } from "./fault-table.ts";
import { type FootprintReader, footprintOf, growth } from "./footprint.ts";
import { startWorkstation, type Workstation } from "./workstation.ts";
import type { Order, Outcome } from "./workstation-child.ts";

// Two workstations, each in a process of its own, and what they must not do to each other. `RACE_ROUNDS=200` for the long run.
const ROUNDS = Number(process.env.RACE_ROUNDS ?? 20);
/** Clients at each of the two. */
const CLIENTS = 25;
/** Both get their orders before they begin. */
const HEAD_START_MS = 150;
const FIRST_SLOT = Date.parse("2026-03-04T05:00:00.000Z");

const tell = faultTable("two workstations");
let world: World;
let clinic: SmallClinic;
let stations: Workstation[] = [];
let footprint: FootprintReader;

beforeAll(async () => {
  world = await openWorld({ servers: true });
  clinic = await world.clinicWith();
  if (world.servers) footprint = footprintOf(world.servers);
  stations = await Promise.all(["first", "second"].map((name) => startWorkstation(sameAs(world, name))));
}, 300_000);
afterAll(async () => {
  await Promise.all(stations.map((station) => station.close()));
  await footprint?.close();
  await world?.close();
});

/** Both make their calls at the same moment; answers all outcomes, the first workstation's first. */
async function race(orders: (station: number) => Order[]): Promise<Outcome[]> {
  const at = Date.now() + HEAD_START_MS;
  return (await Promise.all(stations.map((station, index) => station.at(at, orders(index))))).flat();
}

const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => make(index));
const won = (outcomes: readonly Outcome[]) => outcomes.flatMap((outcome) => (outcome.ok ? [outcome.answer] : []));
const codes = (outcomes: readonly Outcome[]) => outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.code]));
const slotAt = (quarter: number) => new Date(FIRST_SLOT + Math.floor(quarter / 32) * 86_400_000 + (quarter % 32) * 900_000).toISOString();
const order = (domain: string, route: string, input: unknown, viewer: Viewer): Order => ({ domain, route, input, viewer });

describe("two workstations in two processes", () => {
  it(`give one slot to one of ${2 * CLIENTS} clients, in each of ${ROUNDS} rounds`, { timeout: 60_000 + ROUNDS * 10_000 }, async () => {
    const patients: string[] = [];
    while (patients.length < 2 * CLIENTS) patients.push((await clinic.registerPatient()).id);
    const { doctor, users } = clinic;
    const wantSlot = (startsAt: string) =>
      race((station) =>
        times(CLIENTS, (client) => {
          const patientId = patients[station * CLIENTS + client];
          return order("scheduling", "bookAppointment", { patientId, doctorId: doctor.id, startsAt, key: randomUUID() }, users.reception);
        }),
      );
    let refused = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const before = await footprint.read();
      const outcomes = await wantSlot(slotAt(round));
      const winners = won(outcomes);
      expect({ round, winners: winners.length, others: [...new Set(codes(outcomes))] }).toEqual({
        round,
        winners: 1,
        others: ["slot-taken"],
      });
      refused += codes(outcomes).length;
      const grown = growth(before, await footprint.read());
      expect({ round, appointments: grown[":Appointment"] }).toEqual({ round, appointments: 1 });
    }
    const ids = await booked(0, ROUNDS);
    expect(ids).toHaveLength(ROUNDS);
    tell({
      fault: `${2 * CLIENTS} clients want one slot`,
      times: ROUNDS,
      doubled: 0,
      partial: 0,
      also: `${refused} refused with slot-taken`,
    });
  });

  it("make one booking of one key that both send", async () => {
    const { id: patientId } = await clinic.registerPatient();
    const { doctor, users } = clinic;
    const rounds = 10;
    for (let round = 0; round < rounds; round += 1) {
      const before = await footprint.read();
      const booking = { patientId, doctorId: doctor.id, startsAt: slotAt(ROUNDS + round), key: randomUUID() };
      const outcomes = await race(() => times(3, () => order("scheduling", "bookAppointment", booking, users.reception)));
      const ids = new Set(won(outcomes).map((answer) => (answer as { id: string }).id));
      expect({ refused: codes(outcomes), ids: ids.size }).toEqual({ refused: [], ids: 1 });
      expect(growth(before, await footprint.read())[":Appointment"]).toBe(1);
    }
    tell({ fault: "the same key sent 6 times at once from both", times: rounds, doubled: 0 });
  });

  it("count patients without a gap and without a number twice", async () => {
    const { reception } = clinic.users;
    const before = (await clinic.registerPatient()).id;
    const each = 15;
    const person = (station: number, index: number) => ({
      ...{ givenName: `Station${station}`, familyName: `Person${index}`, sex: "male", confirmNotDuplicate: true },
      birthDate: `19${60 + station}-0${1 + (index % 9)}-1${index % 10}`,
    });
    const outcomes = await race((station) => times(each, (index) => order("patients", "register", person(station, index), reception)));
    // A registration has no key to ask again with: one that a busy server kept too long is there or not, and must not leave a gap either way.
    expect(codes(outcomes).filter((code) => code !== "timeout")).toEqual([]);
    const numberOf = (id: string) => Number(id.replace(/\D/g, ""));
    const told = won(outcomes).map((answer) => numberOf((answer as { id: string }).id));
    const { items } = await world.call("patients", "listRoster", { page: 1, pageSize: 1000 }, reception);
    const kept = items.map(({ id }) => numberOf(id)).filter((number) => number > numberOf(before));
    expect(kept.sort((a, b) => a - b)).toEqual(times(kept.length, (index) => numberOf(before) + 1 + index));
    expect(new Set(told).size).toBe(told.length);
    expect(told.filter((number) => !kept.includes(number))).toEqual([]);
    expect(told.length).toBeGreaterThan(0);
    tell({ fault: "registrations at once from both", times: told.length, lost: 0, doubled: 0, also: "ids without a gap" });
  });

  it("let one of two change a patient, and tell the other that it has changed meanwhile", async () => {
    const rounds = 10;
    const { reception } = clinic.users;
    const { id: patientId, version: first } = await clinic.registerPatient();
    let version = first;
    for (let round = 0; round < rounds; round += 1) {
      const changed = (station: number) => ({ patientId, version, phone: `+96650000${station}${String(round).padStart(3, "0")}` });
      const outcomes = await race((station) => [order("patients", "update", changed(station), reception)]);
      expect({ round, won: won(outcomes).length, others: codes(outcomes) }).toEqual({ round, won: 1, others: ["changed-meanwhile"] });
      const kept = await world.call("patients", "get", { patientId }, reception);
      const [answer] = won(outcomes) as { phone: string; version: number }[];
      expect(kept).toMatchObject({ phone: answer?.phone, version: answer?.version });
      version = kept.version;
    }
    tell({ fault: "one patient changed at once by both", times: rounds, lost: 0, also: "one changed-meanwhile each" });
  });

  it("open one conversation of two people, and number its messages without a gap", async () => {
    const { doctor, nurse, reception } = clinic.users;
    const outcomes = await race((station) =>
      times(5, () =>
        station === 0
          ? order("messaging", "openConversation", { userId: nurse.userId }, doctor)
          : order("messaging", "openConversation", { userId: doctor.userId }, nurse),
      ),
    );
    expect(codes(outcomes)).toEqual([]);
    const [conversationId, ...others] = new Set(won(outcomes).map((answer) => (answer as { id: string }).id));
    expect(others).toEqual([]);
    const each = 40;
    const sent = await race((station) =>
      times(each, (index) =>
        order(
          "messaging",
          "sendText",
          { conversationId, text: `${station} ${index}`, clientId: randomUUID() },
          station === 0 ? doctor : nurse,
        ),
      ),
    );
    expect(codes(sent)).toEqual([]);
    const seqs = won(sent).map((answer) => (answer as { seq: number }).seq);
    expect(seqs.sort((a, b) => a - b)).toEqual(times(2 * each, (index) => index + 1));
    const page = await world.call("messaging", "listMessages", { conversationId: conversationId ?? "", limit: 200 }, doctor);
    expect(page.items.map(({ seq }) => seq)).toEqual(times(2 * each, (index) => index + 1));
    await expect(world.call("messaging", "listMessages", { conversationId: conversationId ?? "" }, reception)).rejects.toThrow();
    tell({ fault: "messages at once from both", times: 2 * each, lost: 0, doubled: 0, also: "numbers without a gap, one conversation" });
  });

  it("leave the clinic an administrator, in whatever order both take the rights from each other", async () => {
    const rounds = 5;
    for (let round = 0; round < rounds; round += 1) await lastAdmin(round);
    tell({ fault: "the last two administrators take each other's rights at once", times: rounds, lost: 0, also: "one stays" });
  });

  it("have kept a trail that verifies, with a chain of each", async () => {
    expect(await world.call("reports", "verifyAudit", {}, await someAdmin())).toMatchObject({ ok: true });
  });
});

/** Bookings of the rounds from one to before another, as the list of the day tells them. */
async function booked(from: number, to: number): Promise<string[]> {
  const starts = new Set(times(to - from, (index) => slotAt(from + index)));
  const days = new Set([...starts].map((startsAt) => startsAt.slice(0, 10)));
  const lists = await Promise.all(
    [...days].map((day) => world.call("scheduling", "listDay", { day, doctorId: clinic.doctor.id }, clinic.users.reception)),
  );
  return lists.flatMap(({ items }) => items.filter(({ startsAt }) => starts.has(startsAt)).map(({ id }) => id));
}

let admins: UserViewer[] = [];
const fresh = (viewer: UserViewer): UserViewer => ({ ...viewer, reauthenticatedAt: world.clock.now() });
const someAdmin = async (): Promise<UserViewer> => admins[0] ?? clinic.users.admin;

/** Two administrators and nobody else: each takes the other's rights at the same moment. */
async function lastAdmin(round: number): Promise<void> {
  const boss = await someAdmin();
  const pair = [];
  for (const side of ["a", "b"]) {
    const username = `boss.${round}.${side}`;
    const account = { username, displayName: username, roles: ["admin" as const], password: TEST_PASSWORD };
    const { version } = await world.call("staff", "createUser", account, boss);
    pair.push({ ...(await world.signIn(username, TEST_PASSWORD)), version });
  }
  const [a, b] = pair as [(typeof pair)[0], (typeof pair)[0]];
  const versionOf = async (userId: string) =>
    (await world.call("staff", "listUsers", {}, a)).items.find(({ id }) => id === userId)?.version ?? 0;
  await world.call("staff", "setRoles", { userId: boss.userId, version: await versionOf(boss.userId), roles: ["nurse"] }, fresh(a));
  const take = (from: typeof a, by: typeof a) =>
    order("staff", "setRoles", { userId: from.userId, version: from.version, roles: ["nurse"] }, fresh(by));
  const outcomes = await race((station) => [station === 0 ? take(b, a) : take(a, b)]);
  expect({ round, won: won(outcomes).length, others: codes(outcomes) }).toEqual({ round, won: 1, others: ["conflict"] });
  admins = outcomes[0]?.ok ? [a] : [b];
  const left = (await world.call("staff", "listUsers", {}, await someAdmin())).items.filter(({ roles }) => roles.includes("admin"));
  expect(left.map(({ id }) => id)).toEqual(admins.map(({ userId }) => userId));
}
