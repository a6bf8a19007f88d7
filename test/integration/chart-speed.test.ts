import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nextIds } from "@main/data/graph/next-id.ts";
import type { Writer } from "@main/data/graph/port.ts";
import { shift } from "@main/platform/clock.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openWorld, type World } from "../world/open-world.ts";
import { doctor, NOW, openBareStores, run, seedClinic, seedPatients } from "./care-world.ts";

const ENCOUNTERS = 1_000;
const FIRST_PAGE_MS = 100;
const WHOLE_MS = 500;

const VISITS = `UNWIND $rows AS row MATCH (p:Patient {id: row.patientId}) MATCH (d:Doctor {id: 'D000001'})
CREATE (p)-[:HAS_APPOINTMENT]->(a:Appointment)<-[:HAS_APPOINTMENT]-(d) SET a += row.appointment
CREATE (a)-[:HAS_ENCOUNTER]->(e:Encounter) SET e += row.encounter
CREATE (e)-[:HAS_OBSERVATION]->(o:Observation) SET o += row.observation
CREATE (e)-[:HAS_OBSERVATION]->(f:Observation) SET f += row.finding
CREATE (e)-[:HAS_NOTE]->(n:Note) SET n += row.note
MERGE (c:Condition {code: row.code}) ON CREATE SET c.title = row.code
CREATE (o)-[:HAS_DIAGNOSIS]->(g:Diagnosis)-[:OF]->(c) SET g += row.diagnosis RETURN count(e) AS made`;

/** A patient's visits as years of care leave them: each from an appointment, with two findings, a diagnosis and a note. */
async function seedVisits(writer: Writer, patientId: string, count: number): Promise<void> {
  const ids = {
    a: await nextIds(writer, "Appointment", count),
    e: await nextIds(writer, "Encounter", count),
    o: await nextIds(writer, "Observation", count * 2),
    g: await nextIds(writer, "Diagnosis", count),
    n: await nextIds(writer, "Note", count),
  };
  const id = (kind: keyof typeof ids, at: number) => ids[kind][at] as string;
  const rows = Array.from({ length: count }, (_, at) => {
    const startedAt = shift(NOW, -86_400 * (count - at));
    const said = { recordedAt: startedAt, recordedBy: "Dr One" };
    const day = startedAt.slice(0, 10);
    const slot = { status: "completed", day, startsAt: startedAt, endsAt: shift(startedAt, 900), bookedAt: startedAt, bookedBy: "x" };
    return {
      patientId,
      code: `Z0${at % 10}`,
      appointment: { id: id("a", at), ...slot, code: "123456", key: id("a", at), overlap: false, version: 3 },
      encounter: {
        id: id("e", at),
        patientId,
        status: "completed",
        startedAt,
        completedAt: startedAt,
        doctorId: "D000001",
        doctorName: "Dr One",
        key: id("e", at),
        version: 2,
      },
      observation: { id: id("o", at), kind: "finding", text: "Words of the usual length, about what was found", key: id("o", at), ...said },
      finding: { id: id("o", count + at), kind: "8310-5", value: 37.2, unit: "Cel", key: id("o", count + at), ...said },
      note: {
        id: id("n", at),
        kind: "note",
        complaint: "c".repeat(300),
        examination: "e".repeat(300),
        plan: "p".repeat(200),
        writtenAt: startedAt,
        writtenBy: "Dr One",
        key: id("n", at),
      },
      diagnosis: { id: id("g", at), certainty: "confirmed", key: id("g", at), ...said },
    };
  });
  await run(writer, VISITS, { rows });
}

let folder: string;
let world: World;
let patientId: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "polyclinic-chart-"));
  const stores = await openBareStores(folder);
  const people = await stores.graph.write(async (writer) => {
    await seedClinic(writer);
    return seedPatients(
      writer,
      Array.from({ length: 60 }, () => ({ treatedBy: ["D000001"] })),
    );
  });
  patientId = people[0]?.patientId as string;
  await stores.graph.write((writer) => seedVisits(writer, patientId, ENCOUNTERS));
  // Others' visits, so that a statement which looks at all of them shows.
  for (const other of people.slice(1)) await stores.graph.write((writer) => seedVisits(writer, other.patientId, 100));
  await stores.close();
  world = await openWorld({ folder, clockAt: NOW });
}, 120_000);
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

async function measure(turns: number, pageSize: number | undefined) {
  const times: number[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    const before = performance.now();
    await world.call("patients", "getChart", { patientId, pageSize }, doctor);
    times.push(performance.now() - before);
  }
  times.sort((a, b) => a - b);
  return { best: times[0] as number, p50: times[Math.floor(turns * 0.5)] as number, p95: times[Math.floor(turns * 0.95)] as number };
}

describe("the chart of a patient with 1,000 visits", () => {
  it("has all of them", async () => {
    const whole = await world.call("patients", "getChart", { patientId, pageSize: ENCOUNTERS }, doctor);
    expect(whole.encounterTotal).toBe(ENCOUNTERS);
    expect([whole.encounters.length, whole.observations.length, whole.notes.length]).toEqual([ENCOUNTERS, 2 * ENCOUNTERS, ENCOUNTERS]);
    expect(whole.appointments).toHaveLength(ENCOUNTERS);
    expect(whole.encounters[0]).toMatchObject({
      startedAt: shift(NOW, -86_400),
      observationCount: 2,
      noteCount: 1,
      diagnoses: [{ code: "Z09" }],
    });
  });

  it(`shows its first page within ${FIRST_PAGE_MS} ms and the whole within ${WHOLE_MS} ms, through the router`, async () => {
    await measure(5, undefined);
    const first = await measure(60, undefined);
    const whole = await measure(10, ENCOUNTERS);
    const show = ({ best, p50, p95 }: typeof first) => `best ${best.toFixed(1)} ms, p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms`;
    console.info(`chart of 1,000 visits: first page ${show(first)}; whole ${show(whole)}`);
    // The goals are p95 on a machine that does nothing else (npm run bench); other suites run beside this one.
    expect(first.p50).toBeLessThan(FIRST_PAGE_MS);
    expect(whole.best).toBeLessThan(WHOLE_MS);
  });
});
