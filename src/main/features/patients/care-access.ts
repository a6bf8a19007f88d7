import { breakGlass as grantsSpec } from "@main/data/documents/collections.ts";
import type { DocumentPort } from "@main/data/documents/port.ts";
import type { GraphPort } from "@main/data/graph/port.ts";
import { type CareAccess, isSelf } from "@main/platform/care.ts";
import { hasRole, type UserViewer, userOf } from "@main/platform/request.ts";
import { AppError } from "@shared/define.ts";
import { daysAround, nurseMay } from "./chart-rules.ts";
import { findCarePaths, hasCareEdge } from "./chart-store.ts";

/** Who may see whom, by care (see CareAccess). A person of several roles needs one way in; break-glass counts only without another. */
export function createCareAccess({ graph, documents }: { graph: GraphPort; documents: DocumentPort }): CareAccess {
  const grants = documents.collection(grantsSpec);

  async function hasGrant(viewer: UserViewer, patientId: string, now: string): Promise<boolean> {
    return (await grants.findOne({ userId: viewer.userId, patientId, expiresAt: { gt: now } })) !== null;
  }

  return {
    async require(context, patientId) {
      const viewer = userOf(context);
      context.about({ patientId });
      if (isSelf(context, patientId)) return { breakGlass: false };
      const noPatient = () => new AppError("not-found", "There is no such patient.", { field: "patientId" });
      const isDoctor = hasRole(viewer, "doctor");
      const isNurse = hasRole(viewer, "nurse");
      if (!isDoctor && !isNurse) {
        // To another patient this one does not exist; the rest of the staff has no business in a chart.
        throw hasRole(viewer, "patient") ? noPatient() : new AppError("forbidden", "Charts are for those who care for the patient.");
      }
      const now = context.clock.now();
      const doctorId = isDoctor ? (viewer.externalId ?? "") : "";
      if (doctorId && (await graph.read((reader) => hasCareEdge(reader, patientId, doctorId)))) return { breakGlass: false };
      const paths = await graph.read((reader) => findCarePaths(reader, patientId, doctorId, daysAround(now)));
      if (!paths) throw noPatient();
      if (paths.treats || (isNurse && nurseMay(paths, now))) return { breakGlass: false };
      if (await hasGrant(viewer, patientId, now)) return { breakGlass: true };
      throw new AppError("care-edge-required", "You do not care for this patient. Open the chart by break-glass, with a reason.");
    },
  };
}
