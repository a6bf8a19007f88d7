import { users as usersSpec } from "@main/data/documents/collections.ts";
import type { DocumentPort } from "@main/data/documents/port.ts";
import type { GraphPort } from "@main/data/graph/port.ts";
import { type RequestContext, userOf } from "@main/platform/request.ts";
import { AppError } from "@shared/define.ts";
import { type Bond, bondOf, type Person, personOf } from "./rules.ts";
import { listDoctorsOfPatients, listPatientsOfDoctor } from "./store.ts";

/** Accounts carry their pictures: read in parts, they are not all in memory at once. */
const PART = 200;

/** Who may write to whom: doctor and patient with an appointment, and the staff among themselves. */
export function createPeople({ graph, documents }: { graph: GraphPort; documents: DocumentPort }) {
  const users = documents.collection(usersSpec);

  async function find(userId: string): Promise<Person | null> {
    const user = await users.get(userId);
    return user && personOf(user);
  }

  async function me(context: RequestContext): Promise<Person> {
    const person = await find(userOf(context).userId);
    if (!person) throw new AppError("unauthenticated", "Sign in first.");
    return person;
  }

  async function findBy(field: "id" | "externalId", values: readonly string[]): Promise<Person[]> {
    const found: Person[] = [];
    for (let from = 0; from < values.length; from += PART) {
      const part = await users.find({ [field]: { in: values.slice(from, from + PART) } });
      found.push(...part.map(personOf));
    }
    return found;
  }

  async function staff(): Promise<Person[]> {
    const found: Person[] = [];
    for (let skip = 0; ; skip += PART) {
      const part = await users.find({ status: "active" }, { limit: PART, skip });
      found.push(...part.map(personOf).filter((person) => person.isStaff));
      if (part.length < PART) return found;
    }
  }

  /** What each of these people is to me, by user id: one look into the graph for all. */
  async function bonds(viewer: Person, others: readonly Person[]): Promise<Map<string, Bond>> {
    const patients = viewer.doctorId === null ? [] : others.flatMap(({ patientId }) => patientId ?? []);
    const ofMine = viewer.patientId !== null && others.some(({ doctorId }) => doctorId !== null) ? [viewer.patientId] : [];
    const patientIds = [...patients, ...ofMine];
    const rows = patientIds.length === 0 ? [] : await graph.read((reader) => listDoctorsOfPatients(reader, patientIds));
    const joined = new Set(rows.map(({ patientId, doctorId }) => `${patientId}|${doctorId}`));
    const isJoined = (other: Person) =>
      joined.has(`${other.patientId}|${viewer.doctorId}`) || joined.has(`${viewer.patientId}|${other.doctorId}`);
    return new Map(others.map((other) => [other.id, bondOf(viewer, other, isJoined(other))]));
  }

  /** Everybody I may write to, with what they are to me. */
  async function contacts(viewer: Person): Promise<{ person: Person; bond: Bond }[]> {
    const { doctorId, patientId } = viewer;
    const patients = doctorId === null ? [] : await graph.read((reader) => listPatientsOfDoctor(reader, doctorId));
    const doctors = patientId === null ? [] : await graph.read((reader) => listDoctorsOfPatients(reader, [patientId]));
    const externalIds = new Set([...patients, ...doctors.map((row) => row.doctorId)]);
    const joined = (await findBy("externalId", [...externalIds])).filter((person) =>
      externalIds.has(person.doctorId ?? person.patientId ?? ""),
    );
    const byId = new Map(
      (viewer.isStaff ? await staff() : []).map((person) => [person.id, { person, bond: bondOf(viewer, person, false) }]),
    );
    for (const person of joined) byId.set(person.id, { person, bond: bondOf(viewer, person, true) });
    return [...byId.values()].filter(({ bond }) => bond.mayWrite);
  }

  return {
    me,
    find,
    findMany: (ids: readonly string[]) => findBy("id", ids),
    photoOf: async (userId: string) => (await users.get(userId))?.photo ?? null,
    bonds,
    contacts,
    async bond(viewer: Person, other: Person): Promise<Bond> {
      return (await bonds(viewer, [other])).get(other.id) ?? { byAppointment: false, mayWrite: false };
    },
  };
}

export type People = ReturnType<typeof createPeople>;

export function notJoined(): AppError {
  return new AppError("not-joined", "You can write to people you have an appointment with, and staff to their colleagues.");
}
