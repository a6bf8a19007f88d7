import doctorsOfPatientsText from "@cypher/messaging/list-doctors-of-patients.cypher?raw";
import patientsOfDoctorText from "@cypher/messaging/list-patients-of-doctor.cypher?raw";
import type { Reader } from "@main/data/graph/port.ts";
import { statement } from "@main/data/graph/statement.ts";

const statements = {
  doctorsOfPatients: statement("messaging/list-doctors-of-patients", doctorsOfPatientsText),
  patientsOfDoctor: statement("messaging/list-patients-of-doctor", patientsOfDoctorText),
};

export type JoinedRow = { patientId: string; doctorId: string };

/** Who is joined to these patients by an appointment: one round trip for all of them. */
export function listDoctorsOfPatients(reader: Reader, patientIds: readonly string[]): Promise<JoinedRow[]> {
  return reader.query<JoinedRow>(statements.doctorsOfPatients, { patientIds: [...patientIds] });
}

export async function listPatientsOfDoctor(reader: Reader, doctorId: string): Promise<string[]> {
  const rows = await reader.query<{ patientId: string }>(statements.patientsOfDoctor, { doctorId });
  return rows.map((row) => row.patientId);
}
