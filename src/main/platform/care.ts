import type { RequestContext } from "./request.ts";

/**
 * Access follows care: a patient reaches only themself, a doctor the patients they have a TREATS edge to, a nurse those
 * with an open visit or an appointment within a day of now; others by a break-glass grant. Implemented by the patients
 * feature and handed to the features that declare it in their `needs.ts`.
 */
export interface CareAccess {
  /**
   * Resolves with how the viewer came in, and tells the trail whom the call is about. Throws `not-found` when the patient does not exist (or is not the viewer, for a
   * patient), `care-edge-required` when a clinician has no edge and no grant.
   */
  require(context: RequestContext, patientId: string): Promise<{ breakGlass: boolean }>;
}

/** True when the viewer is the patient themself: they see only what is finished. */
export function isSelf({ viewer }: RequestContext, patientId: string): boolean {
  return viewer?.kind === "user" && viewer.externalId === patientId && viewer.roles.includes("patient");
}
