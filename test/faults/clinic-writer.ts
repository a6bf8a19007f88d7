import { randomUUID } from "node:crypto";
import { writeSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { UserViewer } from "../../src/main/platform/request.ts";
import type { ServerSettings } from "../../src/main/platform/server-settings.ts";
import type { World } from "../world/open-world.ts";
import { openWorld } from "../world/open-world.ts";
import { codeOf } from "./as-client.ts";

/** What the writers work on. */
export interface WritersClinic {
  doctorId: string;
  patientId: string;
  encounterId: string;
  conversationId: string;
  doctor: UserViewer;
  reception: UserViewer;
}

const PASSING = new Set(["store-unavailable", "timeout"]);
const PAUSE_MS = 100;

/** Tells of an answer: which key of a client it is of, and what it made. */
export type Tell = (what: "booked" | "noted" | "sent", key: string, made: string) => void;

/**
 * People who book, write notes and send messages, side by side, until they are stopped or killed. Each asks again with the same key while a
 * store is away; `tell` hears of every answer, which is what must be there afterwards, exactly once.
 */
export async function writeUntil(
  world: World,
  clinic: WritersClinic,
  startsAt: (index: number) => string,
  tell: Tell,
  stopped: () => boolean,
) {
  const { doctorId, patientId, encounterId, conversationId } = clinic;
  const asked = async <T>(call: () => Promise<T>): Promise<T | null> => {
    for (;;) {
      try {
        return await call();
      } catch (error) {
        if (!PASSING.has(codeOf(error))) throw error;
        if (stopped()) return null;
        await sleep(PAUSE_MS);
      }
    }
  };
  const lane = async (write: (index: number) => Promise<void>) => {
    for (let index = 0; !stopped(); index += 1) await write(index);
  };
  await Promise.all([
    lane(async (index) => {
      const slot = { patientId, doctorId, startsAt: startsAt(index), key: randomUUID() };
      const made = await asked(() => world.call("scheduling", "bookAppointment", slot, clinic.reception));
      if (made) tell("booked", slot.startsAt, made.id);
    }),
    lane(async () => {
      const note = { encounterId, sections: { complaint: randomUUID(), examination: "", plan: "rest" }, key: randomUUID() };
      const made = await asked(() => world.call("encounters", "writeNote", note, clinic.doctor));
      if (made) tell("noted", note.sections.complaint, made.id);
    }),
    lane(async () => {
      const clientId = randomUUID();
      const made = await asked(() => world.call("messaging", "sendText", { conversationId, text: clientId, clientId }, clinic.doctor));
      if (made) tell("sent", clientId, String(made.seq));
    }),
  ]);
}

/** Each run books on days of its own: 32 quarters of an hour a day. */
export const slotsOf = (run: number, days: number) => (index: number) => {
  const day = run * days + Math.floor(index / 32);
  return new Date(Date.parse("2026-03-04T05:00:00.000Z") + day * 86_400_000 + (index % 32) * 900_000).toISOString();
};

/** The writers in a process of their own, for a test that kills it. Prints `ready MS`, then a line for each answer. */
export async function main(folder: string, settings: string, clinic: string, run: string, days: string): Promise<void> {
  const began = performance.now();
  const world = await openWorld({ folder, servers: JSON.parse(settings) as ServerSettings, liftRateLimits: true, atOnce: true });
  await world.app.ready;
  const tell: Tell = (what, key, made) => void writeSync(1, `${what} ${key} ${made}\n`);
  writeSync(1, `ready ${Math.round(performance.now() - began)}\n`);
  await writeUntil(world, JSON.parse(clinic) as WritersClinic, slotsOf(Number(run), Number(days)), tell, () => false);
}
