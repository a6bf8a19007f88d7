import { randomUUID } from "node:crypto";
import type { UserViewer } from "@main/platform/request.ts";
import { expect } from "vitest";
import type { SmallClinic } from "../world/clinic-with.ts";
import type { World } from "../world/open-world.ts";
import type { Tell, WritersClinic } from "./clinic-writer.ts";

/** What was acknowledged: what it made, by its kind and the client's key. */
export interface Acknowledged {
  tell: Tell;
  of: Record<"booked" | "noted" | "sent", Map<string, string>>;
  total(): number;
}

export function acknowledged(): Acknowledged {
  const of = { booked: new Map<string, string>(), noted: new Map<string, string>(), sent: new Map<string, string>() };
  return {
    of,
    tell: (what, key, made) => void of[what].set(key, made),
    total: () => of.booked.size + of.noted.size + of.sent.size,
  };
}

/** A patient in care with an open visit, and a conversation: what the writers work on. */
export async function writersClinic(world: World, { doctor, users, registerPatient }: SmallClinic): Promise<WritersClinic> {
  const { id: patientId } = await registerPatient();
  const asDoctor = world.as(users.doctor);
  await asDoctor("patients", "breakGlass", { patientId, reason: "the test's own patient" });
  const { id: encounterId } = await asDoctor("encounters", "startEncounter", { patientId, key: randomUUID() });
  const { id: conversationId } = await asDoctor("messaging", "openConversation", { userId: users.nurse.userId });
  return { doctorId: doctor.id, ...{ patientId, encounterId, conversationId }, doctor: users.doctor, reception: users.reception };
}

export interface Found {
  lost: number;
  doubled: number;
  partial: number;
}

/** Reads everything back through the routes, and compares it with what was acknowledged. */
export async function compare(world: World, clinic: WritersClinic, { of }: Acknowledged, days: number, admin: UserViewer): Promise<Found> {
  const found: Found = { lost: 0, doubled: 0, partial: 0 };
  const check = (kept: readonly (readonly [key: string, made: string])[], told: ReadonlyMap<string, string>) => {
    const made = new Map(kept);
    found.doubled += kept.length - made.size;
    for (const [key, what] of told) if (made.get(key) !== what) found.lost += 1;
  };
  const { encounterId, conversationId, doctor } = clinic;
  const { notes } = await world.call("encounters", "getEncounter", { encounterId }, doctor);
  check(
    notes.map(({ id, sections }) => [sections.complaint, id] as const),
    of.noted,
  );
  const messages = await conversation(world, conversationId, doctor);
  check(
    messages.map(({ seq, clientId }) => [clientId, String(seq)] as const),
    of.sent,
  );
  found.partial += messages.filter(({ seq }, at) => seq !== at + 1).length;
  const { appointments, partial } = await schedule(world, clinic, days);
  check(appointments, of.booked);
  found.partial += partial;
  expect(await world.call("reports", "verifyAudit", {}, admin)).toMatchObject({ ok: true });
  return found;
}

async function conversation(world: World, conversationId: string, viewer: UserViewer) {
  const all: { seq: number; clientId: string }[] = [];
  for (;;) {
    const page = await world.call("messaging", "listMessages", { conversationId, after: all.length, limit: 200 }, viewer);
    all.push(...page.items.map(({ seq, text }) => ({ seq, clientId: text ?? "" })));
    if (!page.hasLater || page.items.length === 0) return all;
  }
}

/** Every quarter of an hour is booked or free: what is neither, or both, was left half made. */
async function schedule(world: World, { doctorId, reception }: WritersClinic, days: number) {
  const appointments: (readonly [startsAt: string, id: string])[] = [];
  let partial = 0;
  for (let index = 0; index < days; index += 1) {
    const day = new Date(Date.parse("2026-03-04T00:00:00Z") + index * 86_400_000).toISOString().slice(0, 10);
    const { items } = await world.call("scheduling", "listDay", { day, doctorId }, reception);
    const free = await world.call("scheduling", "listFreeSlots", { doctorId, day }, reception);
    const offered = new Set(free.items.map(({ startsAt }) => startsAt));
    partial += items.filter(({ startsAt }) => offered.has(startsAt)).length + Math.abs(32 - items.length - free.items.length);
    appointments.push(...items.map(({ startsAt, id }) => [startsAt, id] as const));
  }
  return { appointments, partial };
}
