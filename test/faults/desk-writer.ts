import { writeSync } from "node:fs";
import type { UserViewer } from "../../src/main/platform/request.ts";
import { openWorld } from "../world/open-world.ts";

/** The desk that registers and books until it is killed; its sign-in is not what is tried here. */
const desk: UserViewer = {
  kind: "user",
  userId: "00000000-0000-4000-8000-00000000d05c",
  sessionId: "00000000-0000-4000-8000-0000000005e5",
  username: "desk",
  displayName: "The desk",
  roles: ["reception"],
  externalId: null,
  reauthenticatedAt: null,
};

/**
 * Registers a patient and books a slot for them, several at a time, until it is killed. Prints `registered ID` and
 * `booked ID` for each answer, which is what must be there afterwards.
 */
export async function main(folder: string, doctorId: string, run: string): Promise<void> {
  const world = await openWorld({ folder });
  const call = world.as(desk);
  const day = new Date(Date.parse("2026-03-04T00:00:00Z") + Number(run) * 86_400_000).toISOString().slice(0, 10);
  const { items } = await call("scheduling", "listFreeSlots", { doctorId, day });
  writeSync(1, `ready ${items.length}\n`);
  const lane = async (number: number) => {
    for (let round = 0; ; round += 1) {
      const name = { givenName: `Kill${run}`, familyName: `Lane${number} Round${round}` };
      const person = { ...name, birthDate: "1980-01-01", sex: "female" as const, confirmNotDuplicate: true };
      const { id: patientId } = await call("patients", "register", person);
      writeSync(1, `registered ${patientId}\n`);
      const slot = items[round * LANES + number];
      if (!slot) continue;
      const booked = await call("scheduling", "bookAppointment", {
        patientId,
        doctorId,
        startsAt: slot.startsAt,
        key: `kill-${run}-${number}-${round}`,
      });
      writeSync(1, `booked ${booked.id}\n`);
    }
  };
  await Promise.all(Array.from({ length: LANES }, (_, number) => lane(number)));
}

const LANES = 4;
