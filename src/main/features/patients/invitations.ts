import { codes, users } from "@main/data/documents/collections.ts";
import type { DocumentPort } from "@main/data/documents/port.ts";
import { shift } from "@main/platform/clock.ts";
import { type Ids, sha256 } from "@main/platform/ids.ts";
import { AppError } from "@shared/define.ts";
import type { PatientRow } from "./store.ts";

const GOOD_FOR_SECONDS = 7 * 24 * 3600;
const GROUPS = 3;

/** Codes with which patients make their accounts. */
export function createInvitations({ documents, ids }: { documents: DocumentPort; ids: Ids }) {
  return {
    /** A new code for the patient; the earlier one is void from this moment. Only its hash is kept. */
    async issue(patient: PatientRow, now: string): Promise<{ code: string; expiresAt: string }> {
      if (!patient.active) throw new AppError("conflict", "The patient is not active.", { field: "patientId" });
      if ((await documents.collection(users).count({ externalId: patient.id })) > 0) {
        throw new AppError("conflict", "The patient already has an account.", { field: "patientId" });
      }
      const code = ids.phrase(GROUPS);
      const expiresAt = shift(now, GOOD_FOR_SECONDS);
      // One document a patient: putting the new one replaces the old in the same step.
      const document = { id: `invitation-${patient.id}`, kind: "invitation", codeHash: sha256(code), subjectId: patient.id } as const;
      await documents.collection(codes).put({ ...document, createdAt: now, expiresAt, failures: 0 });
      return { code, expiresAt };
    },
  };
}

export type Invitations = ReturnType<typeof createInvitations>;
