import { nextIds } from "@main/data/graph/next-id.ts";
import type { Writer } from "@main/data/graph/port.ts";
import { shift } from "@main/platform/clock.ts";
import { NOW, run } from "../integration/care-world.ts";

const VISITS = `UNWIND $rows AS row MATCH (p:Patient {id: row.patientId}) MATCH (d:Doctor {id: 'D000001'})
CREATE (p)-[:HAS_APPOINTMENT]->(a:Appointment)<-[:HAS_APPOINTMENT]-(d) SET a += row.appointment
CREATE (a)-[:HAS_ENCOUNTER]->(e:Encounter) SET e += row.encounter
CREATE (e)-[:HAS_OBSERVATION]->(o:Observation) SET o += row.observation
CREATE (e)-[:HAS_OBSERVATION]->(f:Observation) SET f += row.finding
CREATE (e)-[:HAS_NOTE]->(n:Note) SET n += row.note
MERGE (c:Condition {code: row.code}) ON CREATE SET c.title = row.code
CREATE (o)-[:HAS_DIAGNOSIS]->(g:Diagnosis)-[:OF]->(c) SET g += row.diagnosis RETURN count(e) AS made`;

/** A patient's visits as years of care leave them: each from an appointment, with two findings, a diagnosis and a note. */
export async function seedVisits(writer: Writer, patientId: string, count: number): Promise<void> {
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
