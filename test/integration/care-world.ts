import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nextIds } from "@main/data/graph/next-id.ts";
import type { Params, Value, Writer } from "@main/data/graph/port.ts";
import { openStores } from "@main/data/open-stores.ts";
import type { Stores } from "@main/data/stores.ts";
import { fileSecrets } from "@main/platform/file-secrets.ts";
import { createLog } from "@main/platform/pino-log.ts";
import type { UserViewer } from "@main/platform/request.ts";
import type { ServerSettings } from "@main/platform/server-settings.ts";
import { AppError } from "@shared/define.ts";
import type { UserRole } from "@shared/model/roles.ts";
import { keysOf } from "../world/keys-of.ts";
import { LAUNCHERS } from "../world/launchers.ts";
import { openWorld, type World } from "../world/open-world.ts";
import { createTestClock } from "../world/test-clock.ts";

/** 11:00 of Tuesday 2026-03-03 in the clinic's zone, UTC+3. */
export const NOW = "2026-03-03T08:00:00.000Z";
export const TODAY = "2026-03-03";

/** What a fresh patient brings with them. An appointment is with the doctor D000001. */
export interface PatientNeed {
  /** The doctors with a care edge. */
  treatedBy?: string[];
  appointment?: { status: string; day: string };
  birthDate?: string;
}
export interface Person {
  patientId: string;
  appointmentId: string;
}

/** A clinic with two doctors, and patients of each kind that a test can take one of. */
export interface CareWorld extends World {
  /** A patient of that kind whom no other test has. */
  take(kind: string): Person;
  close(): Promise<void>;
}

export function viewer(roles: UserRole[], externalId: string | null = null): UserViewer {
  return {
    kind: "user",
    userId: randomUUID(),
    sessionId: randomUUID(),
    username: roles.join("-"),
    displayName: `The ${roles.join(" and ")}`,
    roles,
    externalId,
    reauthenticatedAt: null,
  };
}

export const doctor = viewer(["doctor"], "D000001");
export const otherDoctor = viewer(["doctor"], "D000002");
export const nurse = viewer(["nurse"]);
export const admin = viewer(["admin"]);

/** A key that no other command has. */
export const freshKey = () => randomUUID();

/** The code (and field) with which a call was refused; `ok` when it was not. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return "ok";
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return error.data.field ? `${error.code} ${error.data.field}` : error.code;
  }
}

/** Opens the stores of a folder, or those on servers, without the application before them, for what no route makes. */
export function openBareStores(folder: string, servers?: ServerSettings): Promise<Stores> {
  return openStores({
    folder,
    servers,
    launchers: LAUNCHERS,
    log: createLog({ level: "silent" }),
    clock: createTestClock(NOW),
    secrets: fileSecrets(keysOf(folder)),
  });
}

/** Runs a writing statement of the test's own. */
export const run = (writer: Writer, text: string, params: Params = {}) => writer.execute({ name: "test", text, writes: true }, params);

const CLINIC = `CREATE (c:Clinic)-[:HAS_DEPARTMENT]->(w:Department)
SET c += $clinic, w += $department
WITH w UNWIND $doctors AS doctor
CREATE (w)-[:HAS_DOCTOR]->(d:Doctor) SET d += doctor RETURN count(d) AS made`;
const PATIENTS = "UNWIND $rows AS row CREATE (p:Patient) SET p += row.patient RETURN count(p) AS made";
const TREATS = `UNWIND $rows AS row MATCH (p:Patient {id: row.patientId}) MATCH (d:Doctor {id: row.doctorId})
CREATE (d)-[t:TREATS]->(p) SET t.since = row.since RETURN count(t) AS made`;
const APPOINTMENTS = `UNWIND $rows AS row MATCH (p:Patient {id: row.patientId}) MATCH (d:Doctor {id: 'D000001'})
CREATE (p)-[:HAS_APPOINTMENT]->(a:Appointment)<-[:HAS_APPOINTMENT]-(d) SET a += row.appointment RETURN count(a) AS made`;

/** The clinic, its department and the doctors D000001 and D000002. */
export async function seedClinic(writer: Writer): Promise<void> {
  await nextIds(writer, "Doctor", 2);
  await nextIds(writer, "Department", 1);
  await nextIds(writer, "Clinic", 1);
  const usual = { active: true, version: 1 };
  await run(writer, CLINIC, {
    clinic: {
      id: "C000001",
      name: "Care Clinic",
      timeZone: "Asia/Riyadh",
      currency: "SAR",
      languages: ["en", "ar"],
      createdAt: NOW,
      version: 1,
    },
    department: { id: "DP000001", name: "General medicine", ...usual },
    doctors: [
      { id: "D000001", name: "Dr One", slotMinutes: 15, ...usual },
      { id: "D000002", name: "Dr Two", slotMinutes: 15, ...usual },
    ],
  });
}

/** Makes patients as their registration would leave them, with what they need. */
export async function seedPatients(writer: Writer, needs: readonly PatientNeed[]): Promise<Person[]> {
  const patientIds = await nextIds(writer, "Patient", needs.length);
  const withAppointment = needs.filter((need) => need.appointment).length;
  const appointmentIds = await nextIds(writer, "Appointment", withAppointment);
  const people = needs.map((need, at) => ({
    patientId: patientIds[at] as string,
    appointmentId: need.appointment ? (appointmentIds.shift() as string) : "",
    need,
  }));
  const patients = people.map(({ patientId, need }) => ({ patient: patientOf(patientId, need) }));
  const treats = people.flatMap(({ patientId, need }) => (need.treatedBy ?? []).map((doctorId) => ({ patientId, doctorId, since: NOW })));
  const appointments = people.flatMap(({ patientId, appointmentId, need }) =>
    need.appointment ? [{ patientId, appointment: appointmentOf(appointmentId, need.appointment) }] : [],
  );
  await run(writer, PATIENTS, { rows: patients });
  if (treats.length > 0) await run(writer, TREATS, { rows: treats });
  if (appointments.length > 0) await run(writer, APPOINTMENTS, { rows: appointments });
  return people.map(({ patientId, appointmentId }) => ({ patientId, appointmentId }));
}

function patientOf(id: string, need: PatientNeed): { [name: string]: Value } {
  return {
    id,
    givenName: "Test",
    familyName: `Patient ${id}`,
    birthDate: need.birthDate ?? "1980-05-17",
    sex: "female",
    active: true,
    allergyStatus: "not-asked",
    searchKey: `test patient ${id}`.toLowerCase(),
    sortKey: `patient ${id} test`.toLowerCase(),
    registeredAt: NOW,
    version: 1,
  };
}

function appointmentOf(id: string, { status, day }: { status: string; day: string }): { [name: string]: Value } {
  const times = { startsAt: `${day}T09:00:00.000Z`, endsAt: `${day}T09:15:00.000Z`, bookedAt: NOW };
  return { id, status, day, ...times, code: "123456", key: `test|${id}`, bookedBy: "test", overlap: false, version: 1 };
}

/** Opens the application on a folder that holds the clinic and `count` patients of each kind. */
export async function openCareWorld(kinds: Record<string, PatientNeed>, count = 40): Promise<CareWorld> {
  const folder = await mkdtemp(join(tmpdir(), "polyclinic-care-"));
  const stores = await openBareStores(folder);
  const pools = await stores.graph.write(async (writer) => {
    await seedClinic(writer);
    const made = new Map<string, Person[]>();
    for (const [kind, need] of Object.entries(kinds)) {
      made.set(
        kind,
        await seedPatients(
          writer,
          Array.from({ length: count }, () => need),
        ),
      );
    }
    return made;
  });
  await stores.close();
  const world = await openWorld({ folder, clockAt: NOW });
  return {
    ...world,
    take(kind) {
      const person = pools.get(kind)?.pop();
      if (!person) throw new Error(`No ${kind} patient is left: raise the count`);
      return person;
    },
    async close() {
      await world.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
