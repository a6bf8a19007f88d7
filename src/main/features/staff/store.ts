import doctorExistsText from "@cypher/staff/doctor-exists.cypher?raw";
import getClinicNameText from "@cypher/staff/get-clinic-name.cypher?raw";
import patientExistsText from "@cypher/staff/patient-exists.cypher?raw";
import type { GraphPort } from "@main/data/graph/port.ts";
import { statement } from "@main/data/graph/statement.ts";

const EXISTS = {
  Doctor: statement("staff/doctor-exists", doctorExistsText),
  Patient: statement("staff/patient-exists", patientExistsText),
};
const getClinicName = statement("staff/get-clinic-name", getClinicNameText);

/** Whether there is a doctor or patient of that id. */
export async function nodeExists(graph: GraphPort, label: keyof typeof EXISTS, id: string): Promise<boolean> {
  const rows = await graph.read((reader) => reader.query(EXISTS[label], { id }));
  return rows.length > 0;
}

/** What no password may be made of: the clinic's name. */
export async function clinicNames(graph: GraphPort): Promise<string[]> {
  const rows = await graph.read((reader) => reader.query<{ name: string }>(getClinicName));
  return rows.map(({ name }) => name);
}
