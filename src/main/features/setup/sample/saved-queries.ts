import conditionsTogether from "@cypher/setup/sample-conditions-together.cypher?raw";
import missedByDepartment from "@cypher/setup/sample-missed-by-department.cypher?raw";
import patientsOfEachDoctor from "@cypher/setup/sample-patients-of-each-doctor.cypher?raw";
import severeAllergies from "@cypher/setup/sample-severe-allergies.cypher?raw";
import type { UserViewer } from "@main/platform/request.ts";
import { addMinutes } from "@shared/model/slots.ts";
import type { RawInput } from "../needs.ts";
import type { Act } from "./act.ts";

type SavedQuery = RawInput<typeof import("@shared/contract/research.ts")["researchContract"]["saveQuery"]>;

const DAY_MINUTES = 24 * 60;
const HALF_A_YEAR = 182 * DAY_MINUTES;

/** What the researcher typed: without the lines that say for our own statements what they are. */
function asTyped(file: string): string {
  return file.replace(/^(?:\/\/.*\n)+/, "").trim();
}

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
    cypher: asTyped(missedByDepartment),
    parameters: { since },
    shared: true,
  },
  {
    name: "Conditions that occur together",
    description: "Pairs of conditions on the problem list of the same patient, the most frequent first.",
    cypher: asTyped(conditionsTogether),
    shared: true,
  },
  {
    name: "Severe allergies as a picture",
    description: "Patients and the substances they are allergic to; another severity is a parameter away.",
    cypher: asTyped(severeAllergies),
    parameters: { severity: "severe" },
  },
  {
    name: "مرضى كل طبيب",
    description: "عدد المرضى الذين يتابعهم كل طبيب، نساءً ورجالاً.",
    cypher: asTyped(patientsOfEachDoctor),
  },
];
