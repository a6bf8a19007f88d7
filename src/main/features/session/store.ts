import findInvitedText from "@cypher/session/find-invited-patient.cypher?raw";
import getClinicNameText from "@cypher/session/get-clinic-name.cypher?raw";
import type { GraphPort } from "@main/data/graph/port.ts";
import { statement } from "@main/data/graph/statement.ts";

const statements = {
  findInvited: statement("session/find-invited-patient", findInvitedText),
  getClinicName: statement("session/get-clinic-name", getClinicNameText),
};

export type InvitedPatient = { givenName: string; familyName: string; birthDate: string };

/** The active patient an invitation is for. */
export async function findInvitedPatient(graph: GraphPort, patientId: string): Promise<InvitedPatient | null> {
  const [row] = await graph.read((reader) => reader.query<InvitedPatient>(statements.findInvited, { patientId }));
  return row ?? null;
}

/** What no password may be made of: the clinic's name. */
export async function clinicNames(graph: GraphPort): Promise<string[]> {
  const rows = await graph.read((reader) => reader.query<{ name: string }>(statements.getClinicName));
  return rows.map(({ name }) => name);
}
