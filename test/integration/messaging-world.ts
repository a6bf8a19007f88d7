import type { UserViewer } from "@main/platform/request.ts";
import type { UserRole } from "@shared/model/roles.ts";
import { type SmallClinic, TEST_PASSWORD } from "../world/clinic-with.ts";
import { openWorld, type World, type WorldOptions } from "../world/open-world.ts";

export type Somebody = UserViewer & { token: string };
export type Patient = Somebody & { patientId: string; appointment: { id: string; version: number } | null };

/** A small clinic with accounts of patients, who are joined to doctors by real appointments. */
export interface ChatWorld extends World {
  clinic: SmallClinic;
  /** The doctor with an appointment with every new patient, and one without. */
  doctor: Somebody;
  otherDoctor: Somebody;
  /** A new patient with an account; booked with `doctor` unless told otherwise. */
  newPatient(options?: { doctorId?: string | null; name?: string }): Promise<Patient>;
  /** A new member of the staff. */
  newStaff(roles: UserRole[], options?: { externalId?: string; name?: string }): Promise<Somebody>;
  /** Opens the conversation of two people; answers its id. */
  open(from: UserViewer, to: UserViewer): Promise<string>;
  /** Sends a text; answers what the route answers. */
  say(from: UserViewer, conversationId: string, text: string, clientId?: string): Promise<{ id: string; seq: number; sentAt: string }>;
  cancel(patient: Patient): Promise<void>;
}

let marks = 0;
export const mark = () => `mark-${String(++marks).padStart(6, "0")}`;

const FIRST_SLOT = Date.parse("2026-03-04T05:00:00.000Z");
const SLOTS_A_DAY = 32;

export async function openChatWorld(options: WorldOptions = {}): Promise<ChatWorld> {
  const world = await openWorld(options);
  const clinic = await world.clinicWith();
  const { users } = clinic;
  let people = 0;
  let booked = 0;

  async function newStaff(roles: UserRole[], { externalId, name }: { externalId?: string; name?: string } = {}): Promise<Somebody> {
    const username = `staff-${++people}`;
    const account = { username, displayName: name ?? `Staff ${people}`, roles, password: TEST_PASSWORD, externalId: externalId ?? null };
    await world.call("staff", "createUser", account, users.admin);
    return world.signIn(username, TEST_PASSWORD);
  }

  async function newPatient({ doctorId = clinic.doctor.id, name }: { doctorId?: string | null; name?: string } = {}): Promise<Patient> {
    const [givenName, familyName] = name?.split(" ") ?? [];
    const { id: patientId, birthDate } = await clinic.registerPatient({
      ...(givenName ? { givenName } : {}),
      ...(familyName ? { familyName } : {}),
    });
    const { code } = await world.call("patients", "issueInvitation", { patientId }, users.reception);
    const username = `patient-${++people}`;
    await world.call("session", "acceptInvitation", { code, birthDate, username, password: TEST_PASSWORD }, null);
    const appointment = doctorId === null ? null : await book(patientId, doctorId);
    return { ...(await world.signIn(username, TEST_PASSWORD)), patientId, appointment };
  }

  function book(patientId: string, doctorId: string) {
    const at = FIRST_SLOT + Math.floor(booked / SLOTS_A_DAY) * 86_400_000 + (booked % SLOTS_A_DAY) * 900_000;
    booked += 1;
    const startsAt = new Date(at).toISOString();
    return world.call("scheduling", "bookAppointment", { patientId, doctorId, startsAt, key: `${mark()}-visit` }, users.reception);
  }

  return {
    ...world,
    clinic,
    doctor: users.doctor,
    otherDoctor: await newStaff(["doctor"], { externalId: clinic.otherDoctor.id, name: "Omar Other" }),
    newPatient,
    newStaff,
    open: async (from, to) => (await world.call("messaging", "openConversation", { userId: to.userId }, from)).id,
    say: (from, conversationId, text, clientId = mark()) => world.call("messaging", "sendText", { conversationId, text, clientId }, from),
    async cancel({ appointment }) {
      if (appointment) {
        await world.call(
          "scheduling",
          "cancelAppointment",
          { appointmentId: appointment.id, version: appointment.version },
          users.reception,
        );
      }
    },
  };
}

/** What a viewer is told of while `during` runs: the events that reach them. */
export async function eventsOf(world: World, viewer: UserViewer, during: () => Promise<unknown>): Promise<unknown[]> {
  const stop = new AbortController();
  const origin = { transport: "internal", address: "internal", userAgent: "test" } as const;
  const stream = (await world.app.life.run(
    "events",
    "subscribe",
    {},
    { token: null, viewer, clock: world.clock, signal: stop.signal, origin },
  )) as AsyncIterable<{ event: unknown }>;
  const told: unknown[] = [];
  const listening = (async () => {
    for await (const { event } of stream) if (event) told.push(event);
  })();
  await during();
  await new Promise((resolve) => setTimeout(resolve, 20));
  stop.abort();
  await listening;
  return told;
}
