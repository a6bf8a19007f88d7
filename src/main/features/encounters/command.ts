import { type GraphPort, UniqueViolation, type Writer } from "@main/data/graph/port.ts";
import { type RequestContext, userOf } from "@main/platform/request.ts";
import { AppError } from "@shared/define.ts";
import type { EncountersDeps } from "./needs.ts";
import { type EncounterHead, findEncounter } from "./store.ts";

/** A visit that the viewer may see; to a patient those of others do not exist. Throws `not-found`, or what CareAccess throws. */
export async function requireVisit(deps: EncountersDeps, context: RequestContext, encounterId: string): Promise<EncounterHead> {
  const visit = await deps.graph.read((reader) => findEncounter(reader, encounterId));
  if (!visit) throw noVisit();
  await deps.care.require(context, visit.patientId).catch((error: unknown) => {
    throw error instanceof AppError && error.code === "not-found" ? noVisit() : error;
  });
  return visit;
}

export const noVisit = () => new AppError("not-found", "There is no such visit.", { field: "encounterId" });

/** How a command's key is stored: two people's keys never meet. */
export const keyOf = (context: RequestContext, key: string) => `${userOf(context).userId}|${key}`;

/**
 * Writes what a key makes unique. Of two calls at the same moment one is refused by the constraint: it runs again and
 * then finds what the other has made.
 */
export async function writeOnce<T>(graph: GraphPort, work: (writer: Writer) => Promise<T>): Promise<T> {
  try {
    return await graph.write(work);
  } catch (error) {
    if (error instanceof UniqueViolation && error.property === "key") return graph.write(work);
    throw error;
  }
}
