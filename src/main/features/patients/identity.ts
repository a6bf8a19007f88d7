import type { GraphPort } from "@main/data/graph/port.ts";
import { sameName } from "./rules.ts";
import { findBornOn } from "./store.ts";

/** Recognising a patient by what they can type at a kiosk. */
export interface PatientIdentity {
  /** The one active patient of that name and birth date; null for none and for several. */
  findByNameAndBirthDate(person: { givenName: string; familyName: string; birthDate: string }): Promise<string | null>;
}

export function createPatientIdentity({ graph }: { graph: GraphPort }): PatientIdentity {
  return {
    async findByNameAndBirthDate(person) {
      const born = await graph.read((reader) => findBornOn(reader, person.birthDate));
      const named = born.filter((patient) => patient.active && sameName(patient, person));
      return named.length === 1 ? (named[0]?.id ?? null) : null;
    },
  };
}
