import type { UserViewer } from "@main/platform/request.ts";
import { addMinutes } from "@shared/model/slots.ts";
import type { RawInput } from "../needs.ts";
import type { Act } from "./act.ts";

type SavedQuery = RawInput<typeof import("@shared/contract/research.ts")["researchContract"]["saveQuery"]>;

const DAY_MINUTES = 24 * 60;
const HALF_A_YEAR = 182 * DAY_MINUTES;

/** The researcher's own queries and those they share, kept in the last weeks. */
export async function saveQueries(act: Act, researcher: UserViewer, now: string): Promise<void> {
  const queries = queriesSince(addMinutes(now, -HALF_A_YEAR).slice(0, 10));
  for (const [index, query] of queries.entries()) {
    const savedAt = addMinutes(now, -(queries.length - index) * 5 * DAY_MINUTES);
    await act(researcher, savedAt, "research", "saveQuery", query);
  }
}

const queriesSince = (since: string): SavedQuery[] => [
  {
    name: "Missed appointments by department",
    description: "How many of the appointments since a day were booked and not kept.",
    cypher: `MATCH (department:Department)-[:HAS_DOCTOR]->(:Doctor)-[:HAS_APPOINTMENT]->(a:Appointment)
WHERE a.day >= $since
RETURN department.name AS department,
       count(a) AS appointments,
       sum(CASE WHEN a.status = 'no-show' THEN 1 ELSE 0 END) AS missed
ORDER BY missed DESC`,
    parameters: { since },
    shared: true,
  },
  {
    name: "Conditions that occur together",
    description: "Pairs of conditions on the problem list of the same patient, the most frequent first.",
    cypher: `MATCH (one:Condition)<-[:HAS_CONDITION]-(p:Patient)-[:HAS_CONDITION]->(other:Condition)
WHERE one.code < other.code
RETURN one.title AS condition, other.title AS together, count(DISTINCT p) AS patients
ORDER BY patients DESC, condition, together
LIMIT 25`,
    shared: true,
  },
  {
    name: "Severe allergies as a picture",
    description: "Patients and the substances they are allergic to; another severity is a parameter away.",
    cypher: `MATCH (p:Patient)-[allergy:ALLERGIC_TO]->(s:Substance)
WHERE allergy.severity = $severity AND allergy.voidedAt IS NULL
RETURN p, allergy, s
LIMIT 100`,
    parameters: { severity: "severe" },
  },
  {
    name: "مرضى كل طبيب",
    description: "عدد المرضى الذين يتابعهم كل طبيب، نساءً ورجالاً.",
    cypher: `MATCH (d:Doctor)-[:TREATS]->(p:Patient)
RETURN d.nameAr AS doctor,
       count(p) AS patients,
       sum(CASE WHEN p.sex = 'female' THEN 1 ELSE 0 END) AS women,
       sum(CASE WHEN p.sex = 'male' THEN 1 ELSE 0 END) AS men
ORDER BY patients DESC`,
  },
];
