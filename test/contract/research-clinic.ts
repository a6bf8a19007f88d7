import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { EmbeddedGraph } from "@main/data/graph/embedded.ts";
import { type EmbeddedResearchOptions, openEmbeddedResearch } from "@main/data/graph/embedded-research.ts";
import type { Value } from "@main/data/graph/port.ts";
import type { ResearchAnswer, ResearchEngine, ResearchQuery } from "@main/data/research/port.ts";
import { type ChildProcess, forkProcess, type ProcessLauncher } from "@main/platform/process-launcher.ts";
import { createTestClock, type TestClock } from "../world/test-clock.ts";
import { graphFolder, openGraphIn, silentLog } from "./embedded-graph.ts";

const ENTRY = fileURLToPath(new URL("../../src/main/data/graph/research-process.ts", import.meta.url));

/** What nobody may learn of a patient; every value of it stands in the graph. */
export interface Person {
  givenName: string;
  familyName: string;
  phone: string;
  email: string;
  nationalId: string;
  address: string;
  birthDate: string;
  /** What staff wrote about the patient, wherever text is free. */
  said: string;
}

/** Two people for the same place: nothing of one reads like anything of the other. */
export const AMINA: Person = {
  ...{ givenName: "Zubaydah", familyName: "Qasimi", phone: "+962795551234", email: "zubaydah@kitab.example", nationalId: "9871112223" },
  ...{ address: "Harun Street 17", birthDate: "1997-04-23", said: "quarrelled with her landlord" },
};
export const BASIL: Person = {
  ...{ givenName: "Wolfgang", familyName: "Mxyzptlk", phone: "+14155550199", email: "w.mx@post.test", nationalId: "5550001119" },
  ...{ address: "7 Rue des Lilas", birthDate: "1997-11-02", said: "afraid of needles since childhood" },
};

/** A research engine under test, on whatever stores. */
export interface ResearchBed {
  readonly folder: string;
  readonly engine: ResearchEngine;
  readonly clock: TestClock;
  /** Processes that were started and have not ended. */
  readonly running: Set<ChildProcess>;
  /** Runs a query to its end, masked unless told otherwise. */
  run(cypher: string, more?: Partial<ResearchQuery> & { signal?: AbortSignal }): Promise<Ran>;
  write(text: string, params?: Record<string, Value>): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

export interface ResearchWorld extends ResearchBed {
  readonly graph: EmbeddedGraph;
}

export interface Ran extends ResearchAnswer {
  columns: string[];
  rows: Value[][];
  /** How many messages the rows came in. */
  batches: number;
}

export const NEVER = new AbortController().signal;

/** A research engine on a real graph in a folder of its own, with processes of its own. */
export async function openResearchWorld(options: Partial<EmbeddedResearchOptions> = {}): Promise<ResearchWorld> {
  const { folder, remove } = await graphFolder();
  const graph = await openGraphIn(folder);
  const clock = createTestClock("2026-03-03T08:00:00.000Z");
  const { running, launcher } = countedProcesses();
  const engine = await openEmbeddedResearch({ folder, graph, launcher, log: silentLog, clock, pseudonymKey, ...options });
  return {
    ...{ folder, graph, engine, clock, running },
    run: (cypher, more = {}) => runOn(engine, cypher, more),
    write: (text, params = {}) => graph.write((writer) => writer.execute({ name: "test/write", text, writes: true }, params)),
    async close() {
      await engine.close();
      await graph.close();
      await remove();
    },
  };
}

/** The key of the tests' pseudonyms. */
export const pseudonymKey = () => Promise.resolve(Buffer.alloc(32, 7));

/** Research processes, and those of them that have not ended. */
export function countedProcesses(): { running: Set<ChildProcess>; launcher: ProcessLauncher } {
  const running = new Set<ChildProcess>();
  const launcher = () => {
    const child = forkProcess(ENTRY)();
    running.add(child);
    child.onExit(() => running.delete(child));
    return child;
  };
  return { running, launcher };
}

/** Runs a query to its end. */
export async function runOn(
  engine: ResearchEngine,
  cypher: string,
  { signal = NEVER, ...more }: Partial<ResearchQuery> & { signal?: AbortSignal },
): Promise<Ran> {
  const query = { cypher, parameters: {}, masked: true, maxRows: 1_000, maxBytes: 1_000_000, maxNodes: 100, ...more };
  const got = { columns: [] as string[], rows: [] as Value[][], batches: 0 };
  const sink = {
    columns: (names: string[]) => {
      got.columns = names;
    },
    rows: (rows: Value[][]) => {
      got.batches += 1;
      got.rows.push(...rows);
    },
  };
  return { ...(await engine.run(query, sink, signal)), ...got };
}

const PATIENT = `MATCH (d:Doctor {id: 'D000001'}) CREATE (p:Patient) SET p += $patient
CREATE (d)-[t:TREATS]->(p) SET t.since = '2026-01-01T08:00:00.000Z'
CREATE (p)-[:HAS_APPOINTMENT]->(a:Appointment)<-[:HAS_APPOINTMENT]-(d) SET a += $appointment
CREATE (a)-[:OCCUPIES]->(s:Slot {key: $slot})
CREATE (a)-[:HAS_ENCOUNTER]->(e:Encounter) SET e += $encounter
CREATE (e)-[:HAS_OBSERVATION]->(o:Observation) SET o += $observation
CREATE (e)-[:HAS_NOTE]->(n:Note) SET n += $note
CREATE (o)-[:HAS_DIAGNOSIS]->(g:Diagnosis {id: $id, certainty: 'confirmed', recordedAt: '2026-01-01', recordedBy: $said, key: $said})
MERGE (c:Condition {code: 'J45'}) ON CREATE SET c.title = 'Asthma'
CREATE (g)-[:OF]->(c)
CREATE (p)-[h:HAS_CONDITION]->(c) SET h.since = '2019', h.recordedBy = $said
MERGE (u:Substance {key: 'penicillin'}) ON CREATE SET u.name = 'Penicillin'
CREATE (p)-[l:ALLERGIC_TO]->(u) SET l.severity = 'severe', l.reaction = $said, l.recordedBy = $said
CREATE (p)-[:HAS_FILE]->(f:MedicalFile) SET f += $file
RETURN p.id AS id`;

/** A doctor and these patients, each with an appointment, a visit, findings, a note, a file, an allergy and a condition. */
export async function seedPeople({ write }: Pick<ResearchBed, "write">, people: readonly Person[]): Promise<void> {
  await write(
    "CREATE (c:Clinic {id: 'C1', name: 'Al Noor', phone: $p, founderId: 'u-1'})-[:HAS_DEPARTMENT]->(x:Department {id: 'DP1', name: 'General'})",
    {
      p: people[0]?.phone ?? null,
    },
  );
  await write("MATCH (x:Department) CREATE (x)-[:HAS_DOCTOR]->(d:Doctor {id: 'D000001', name: 'Dr Haddad', slotMinutes: 15})");
  await write("CREATE (c:Counter {name: 'Patient', value: 12})");
  for (const [index, person] of people.entries()) await write(PATIENT, rowOf(person, index + 1));
}

function rowOf({ said, ...person }: Person, number: number): Record<string, Value> {
  const id = `P${String(number).padStart(6, "0")}`;
  const full = `${person.givenName} ${person.familyName}`;
  const keys = { searchKey: full.toLowerCase(), sortKey: full, phoneKey: person.phone.slice(1), nationalKey: person.nationalId };
  const patient = { id, ...person, ...keys, sex: "female", region: "Amman", active: true, registeredAt: "2026-01-01T08:00:00.000Z" };
  const by = { recordedBy: full, key: `u-1|${said}${number}` };
  const [at, day] = ["2026-01-05T08:00:00.000Z", "2026-01-05"];
  return {
    id: `G00000${number}`,
    said,
    slot: `${id}|${at}`,
    patient,
    appointment: {
      id: `A00000${number}`,
      status: "completed",
      day,
      startsAt: at,
      reason: said,
      code: person.phone.slice(-6),
      codeKey: said + id,
      key: said + id,
      bookedBy: full,
    },
    encounter: {
      id: `E00000${number}`,
      patientId: id,
      status: "completed",
      startedAt: at,
      reason: said,
      doctorId: "D000001",
      doctorName: "Dr Haddad",
      key: said + id,
    },
    observation: { id: `O00000${number}`, kind: "8310-5", value: 36.5 + number, unit: "Cel", text: said, recordedAt: at, ...by },
    note: {
      id: `N00000${number}`,
      kind: "note",
      complaint: said,
      examination: `${full}: ${said}`,
      plan: person.email,
      writtenAt: at,
      writtenBy: full,
      key: said + id,
    },
    file: {
      id: `F00000${number}`,
      filename: `${full}.pdf`,
      filetype: "application/pdf",
      filesize: 1234,
      description: said,
      uploadedBy: full,
      key: said + id,
    },
  };
}

/** The names of everything below `<folder>/research`. */
export async function researchFiles(folder: string): Promise<string[]> {
  return await readdir(join(folder, "research"), { recursive: true }).catch(() => []);
}

/** All bytes below a folder, as one text that byte strings can be looked for in. */
export async function bytesBelow(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => readFile(join(entry.parentPath, entry.name), "latin1"));
  return (await Promise.all(files)).join("\n");
}
