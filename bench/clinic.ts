import { access, cp, mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nextIds } from "@main/data/graph/next-id.ts";
import type { Value, Writer } from "@main/data/graph/port.ts";
import { foundBy } from "@main/features/patients/rules.ts";
import type { UserViewer } from "@main/platform/request.ts";
import type { RawInput, RouteOutput } from "@main/rpc/call.ts";
import type { AppContract, Domain } from "@shared/contract/index.ts";
import { formatId } from "@shared/model/ids.ts";
import { addDays, addMinutes } from "@shared/model/slots.ts";
import { openBareStores, run } from "../test/integration/care-world.ts";
import { clinicWith, TEST_PASSWORD } from "../test/world/clinic-with.ts";
import { manyNames } from "../test/world/many-names.ts";
import { openWorld, type World } from "../test/world/open-world.ts";
import { seedVisits } from "../test/world/years-of-visits.ts";

/** Raised when what a seeded folder holds changes, so that a cached one of before is not taken. */
const LAYOUT = 3;
const BATCH = 5_000;
/** The instant at which the benches act: their clock stands there. */
export const NOW = "2026-03-03T08:00:00.000Z";
/** A day with as many appointments in a clinic of any size. */
export const BUSY_DAY = "2026-04-06";
export const BUSY_DAY_APPOINTMENTS = 300;
/** Patients of the first doctor in a clinic of any size. */
export const ROSTER = 1_000;
export const DOCTORS = 20;
const DOCTOR_IDS = Array.from({ length: DOCTORS }, (_, index) => formatId("Doctor", index + 1));
/** A patient of the first doctor with years of visits: the chart that is measured. */
export const CHART_PATIENT = formatId("Patient", 1);
export const CHART_VISITS = 1_000;

/** An application on a clinic of a given size, called as a transport calls it: with a token that is looked up each time. */
export interface Clinic {
  readonly world: World;
  readonly folder: string;
  readonly patients: number;
  /** The first is the doctor whose account is `doctor`. */
  readonly doctorIds: readonly string[];
  /** Calls a route as the reception, session, rate limit (lifted for this process) and audit included. */
  call<D extends Domain, R extends keyof AppContract[D] & string>(
    domain: D,
    route: R,
    input: RawInput<AppContract[D][R]>,
    username?: string,
  ): Promise<RouteOutput<AppContract[D][R]>>;
  /** The session token of `reception` or `doctor`, for a transport. */
  token(username: string): string | null;
  close(): Promise<void>;
}

/** Opens a clinic with this many patients: made once, kept in the temporary folder, copied for every opening. */
export async function openClinic(patients: number): Promise<Clinic> {
  const folder = await copyOfClinic(patients);
  const world = await openWorld({ folder, clockAt: NOW });
  const clinic = await signedIn(world, patients);
  return {
    ...clinic,
    async close() {
      await clinic.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The clinic of a world that `copyOfClinic` has filled, with its reception and doctor signed in. */
export async function signedIn(world: World, patients: number): Promise<Clinic> {
  const tokens = new Map<string, string>();
  for (const username of ["reception", "doctor"]) tokens.set(username, (await world.signIn(username, PASSWORD)).token);
  const own = (await world.app.authenticate(tokens.get("doctor") ?? null, world.clock)) as UserViewer;
  const origin = { transport: "internal", address: "127.0.0.1", userAgent: "bench" } as const;
  const signal = new AbortController().signal;
  const call = (domain: string, route: string, input: unknown, username = "reception"): Promise<unknown> =>
    world.app.life.run(domain, route, input, { token: tokens.get(username) ?? null, clock: world.clock, signal, origin });
  return {
    world,
    folder: world.folder,
    patients,
    doctorIds: [own.externalId ?? "", ...DOCTOR_IDS.filter((doctorId) => doctorId !== own.externalId)],
    token: (username) => tokens.get(username) ?? null,
    call: call as Clinic["call"],
    close: () => world.close(),
  };
}

const PASSWORD = "summer lantern meadow nine";

/** A data folder of its own with a clinic of this size. */
export async function copyOfClinic(patients: number): Promise<string> {
  const kept = join(tmpdir(), `polyclinic-bench-${LAYOUT}-${patients}`);
  if (!(await exists(kept))) {
    const made = await makeClinic(patients);
    await rename(made, kept).catch(() => rm(made, { recursive: true, force: true }));
  }
  const folder = await mkdtemp(join(tmpdir(), "polyclinic-bench-"));
  await cp(kept, folder, { recursive: true });
  return folder;
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

async function makeClinic(patients: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "polyclinic-bench-new-"));
  const world = await openWorld({ folder, clockAt: NOW });
  const clinic = await clinicWith(world, { hours: { startsAt: "00:00", endsAt: "23:55" } });
  const admin = world.as(clinic.users.admin);
  for (let number = 2; number < DOCTORS; number += 1) {
    const doctor = await admin("clinic", "createDoctor", { departmentId: clinic.departmentId, name: `Doctor ${number}`, slotMinutes: 15 });
    const hours = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, startsAt: "00:00", endsAt: "23:55" }));
    await admin("scheduling", "setWorkingHours", { doctorId: doctor.id, version: doctor.version, hours });
  }
  for (const username of ["reception", "doctor"]) {
    const viewer = await world.signIn(username, TEST_PASSWORD);
    await world.call("session", "changePassword", { currentPassword: TEST_PASSWORD, newPassword: PASSWORD }, viewer);
  }
  await world.close();
  const stores = await openBareStores(folder);
  try {
    await seedPatients((work) => stores.graph.write(work), patients, clinic.doctor.id);
    await stores.graph.write((writer) => seedVisits(writer, CHART_PATIENT, CHART_VISITS));
  } finally {
    await stores.close();
  }
  return folder;
}

type Write = (work: (writer: Writer) => Promise<unknown>) => Promise<unknown>;
type Row = { [name: string]: Value };

const PATIENTS = "UNWIND $rows AS row CREATE (p:Patient) SET p += row RETURN count(p) AS made";
const VISITS = `UNWIND $rows AS row MATCH (p:Patient {id: row.patientId}) MATCH (d:Doctor {id: row.doctorId})
CREATE (p)-[:HAS_APPOINTMENT]->(a:Appointment)<-[:HAS_APPOINTMENT]-(d) SET a += row.appointment
CREATE (d)-[t:TREATS]->(p) SET t.since = row.appointment.bookedAt RETURN count(a) AS made`;

/** Patients as their registration leaves them, and an appointment for every second one: the busy day's and past ones. */
async function seedPatients(write: Write, count: number, firstDoctorId: string): Promise<void> {
  const people = manyNames(count);
  for (let from = 0; from < count; from += BATCH) {
    const batch = people.slice(from, from + BATCH);
    await write(async (writer) => {
      await nextIds(writer, "Patient", batch.length);
      await run(writer, PATIENTS, { rows: batch.map((person, index) => patientRow(person, from + index)) });
    });
  }
  const visits = Math.floor(count / 2);
  for (let from = 0; from < visits; from += BATCH) {
    const size = Math.min(BATCH, visits - from);
    await write(async (writer) => {
      const ids = await nextIds(writer, "Appointment", size);
      const doctorIds = [firstDoctorId, ...DOCTOR_IDS.filter((doctorId) => doctorId !== firstDoctorId)];
      const rows = ids.map((id, index) => visitRow(id, from + index, people[2 * (from + index)]?.id ?? "", doctorIds));
      await run(writer, VISITS, { rows });
    });
  }
}

function patientRow(person: ReturnType<typeof manyNames>[number], index: number): Row {
  const birthDate = addDays("1935-01-01", (index * 31) % 32_000);
  const usual = { sex: index % 3 === 0 ? "male" : "female", active: true, allergyStatus: "not-asked", registeredAt: NOW, version: 1 };
  return { ...person, ...foundBy({ ...person, birthDate }), birthDate, ...usual };
}

function visitRow(id: string, index: number, patientId: string, doctorIds: readonly string[]): Row {
  const onBusyDay = index < BUSY_DAY_APPOINTMENTS;
  const doctor = onBusyDay ? index % DOCTORS : index < ROSTER ? 0 : 1 + (index % (DOCTORS - 1));
  const day = onBusyDay ? BUSY_DAY : addDays("2025-03-03", index % 360);
  const startsAt = addMinutes(`${day}T05:00:00.000Z`, 15 * (Math.floor(index / DOCTORS) % 50));
  const times = { day, startsAt, endsAt: addMinutes(startsAt, 15), bookedAt: "2025-03-01T08:00:00.000Z" };
  const appointment = { id, status: onBusyDay ? "booked" : "completed", ...times, code: "123456", codeKey: id, key: id };
  return {
    patientId,
    doctorId: doctorIds[doctor] ?? "",
    appointment: { ...appointment, overlap: false, bookedBy: "bench", version: 1 },
  };
}
