import { users } from "@main/data/documents/collections.ts";
import type { RequestContext, UserViewer } from "@main/platform/request.ts";
import { addMinutes } from "@shared/model/slots.ts";
import type { createFounding } from "../found-clinic.ts";
import type { SetupDeps } from "../needs.ts";
import { sampleAccounts, viewerOf } from "./accounts.ts";
import { type Act, createAct, inParallel } from "./act.ts";
import { planCalendar, SLOT_MINUTES } from "./calendar.ts";
import { CLINIC, DEPARTMENTS, DOCTORS, SAMPLE_PASSWORD } from "./cast.ts";
import { furnish } from "./furnish.ts";
import { type LivedVisit, livePatient, type Stage } from "./history.ts";
import { type PlannedPatient, planPatients } from "./people.ts";
import { createRandom } from "./random.ts";
import { saveQueries } from "./saved-queries.ts";
import { type PlannedVisit, planVisits } from "./visits.ts";

/**
 * Patients whose histories happen at the same time. In a folder their commits share flushes to the disk; on servers who makes a node waits
 * for the lock of its label's counter until the one before has committed, and a queue must not outlast the time of a write.
 */
const AT_ONCE = { embedded: 16, servers: 4 };
/** When the clinic opened its books: before the first visit of the year behind. */
const OPENED_MINUTES_AGO = 400 * 24 * 60;

export interface LoadOptions {
  seed: number;
  patients: number;
  onProgress(share: number): void;
}

/** Makes the sample clinic: invented first, then lived through the routes in the order of time. */
export async function loadSample(
  deps: SetupDeps,
  founding: ReturnType<typeof createFounding>,
  options: LoadOptions,
  context: RequestContext,
): Promise<void> {
  const now = context.clock.now();
  const opened = addMinutes(now, -OPENED_MINUTES_AGO);
  const random = createRandom(options.seed);
  const calendar = planCalendar(now);
  const patients = planPatients(random, options.patients, calendar.today.day);
  const visits = planVisits(random, patients, calendar);
  const act = createAct(deps.call, context.signal);

  const accounts = deps.documents.collection(users);
  const passwordHash = await deps.passwords.hash(SAMPLE_PASSWORD);
  const [admin, ...people] = sampleAccounts(deps.ids.uuid, passwordHash, opened);
  if (!admin) return;
  await founding.found(CLINIC, admin, { now: () => opened, monotonic: () => performance.now() });
  const doctorIds = await makeDoctors(act, viewerOf(admin), opened, calendar.hours);
  const usernames = DOCTORS.map(({ username }) => username);
  for (const person of people) person.externalId = doctorIds[usernames.indexOf(person.username)] ?? null;
  const viewer = (username: string): UserViewer => {
    const found = people.find((person) => person.username === username);
    if (!found) throw new RangeError(`The sample has no account ${username}.`);
    return viewerOf(found);
  };

  const reception = viewer("reception");
  const patientIds = await registerPatients(act, reception, opened, patients, (share) => options.onProgress(share * 0.1));
  for (const person of people) {
    if (person.roles.includes("patient")) person.externalId = patientIds[0] ?? null;
    await accounts.insert(person);
  }
  await saveQueries(act, viewer("researcher"), now);
  const doctors = DOCTORS.map(({ username }, index) => ({ viewer: viewer(username), doctorId: doctorIds[index] ?? "" }));
  const stage: Stage = { act, now, reception, doctors };
  const lived = await liveAll(stage, deps.mode === "servers" ? AT_ONCE.servers : AT_ONCE.embedded, patients, patientIds, visits, (share) =>
    options.onProgress(0.1 + share * 0.85),
  );
  await furnish({
    ...{ stage, random, patients, patientIds, visits, lived, layla: viewer("patient") },
    account: { uuid: deps.ids.uuid, passwordHash, since: opened },
    addAccount: (account) => accounts.insert(account),
  });
}

async function makeDoctors(act: Act, admin: UserViewer, at: string, hours: ReturnType<typeof planCalendar>["hours"]): Promise<string[]> {
  const departmentIds = new Map<string, string>();
  for (const { field, name, nameAr } of DEPARTMENTS) {
    departmentIds.set(field, (await act(admin, at, "clinic", "createDepartment", { name, nameAr })).id);
  }
  const ids: string[] = [];
  for (const { field, name, nameAr, specialty, room } of DOCTORS) {
    const departmentId = departmentIds.get(field) ?? "";
    const particulars = { departmentId, name, nameAr, specialty, room, slotMinutes: SLOT_MINUTES };
    const { id: doctorId, version } = await act(admin, at, "clinic", "createDoctor", particulars);
    await act(admin, at, "scheduling", "setWorkingHours", { doctorId, version, hours });
    ids.push(doctorId);
  }
  return ids;
}

/** One after the other, so that the same seed gives the same patient the same id. */
async function registerPatients(
  act: Act,
  reception: UserViewer,
  opened: string,
  patients: readonly PlannedPatient[],
  onProgress: (share: number) => void,
): Promise<string[]> {
  const ids: string[] = [];
  for (const { particulars } of patients) {
    const at = addMinutes(opened, 5 + ids.length);
    ids.push((await act(reception, at, "patients", "register", { ...particulars, confirmNotDuplicate: true })).id);
    onProgress(ids.length / patients.length);
  }
  return ids;
}

async function liveAll(
  stage: Stage,
  atOnce: number,
  patients: readonly PlannedPatient[],
  patientIds: readonly string[],
  visits: readonly PlannedVisit[],
  onProgress: (share: number) => void,
): Promise<LivedVisit[]> {
  const histories = patients.map((): PlannedVisit[] => []);
  for (const visit of visits) histories[visit.patient]?.push(visit);
  const lived: LivedVisit[] = [];
  let done = 0;
  await inParallel(patients, atOnce, async (patient, index) => {
    const patientId = patientIds[index];
    if (patientId) lived.push(...(await livePatient(stage, patient, patientId, histories[index] ?? [])));
    done += 1;
    onProgress(done / patients.length);
  });
  return lived;
}
