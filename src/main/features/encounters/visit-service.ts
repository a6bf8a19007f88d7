import { nextId } from "@main/data/graph/next-id.ts";
import type { Writer } from "@main/data/graph/port.ts";
import { isSelf } from "@main/platform/care.ts";
import { hasRole, type RequestContext, userOf } from "@main/platform/request.ts";
import type { encountersContract } from "@shared/contract/encounters.ts";
import { AppError, type Input } from "@shared/define.ts";
import { keyOf, noVisit, requireVisit, writeOnce } from "./command.ts";
import type { EncountersDeps } from "./needs.ts";
import { advance, atVersion, FINISHED, mayBegin, sameSubject } from "./rules.ts";
import * as store from "./store.ts";
import * as writes from "./store-writes.ts";
import { createTimeline, loadVisits, type Summary, summaryOf, type Visits } from "./timeline.ts";

type Routes = typeof encountersContract;
type Start = Input<Routes["startEncounter"]>;
interface Begun {
  summary: Summary;
  moved: writes.MovedAppointment | null;
}

const USUAL_PAGE = 20;

/** The life of a visit: begun, listed, read, completed. */
export function createVisitService(deps: EncountersDeps) {
  const { graph, care } = deps;
  const timeline = createTimeline();
  return {
    async start(input: Start, context: RequestContext): Promise<Summary> {
      const patientId = "patientId" in input ? input.patientId : await patientOf(deps, input.appointmentId);
      await care.require(context, patientId);
      const begun = await writeOnce(graph, (writer) => begin(writer, input, patientId, context));
      tell(deps, begun.moved);
      return begun.summary;
    },

    async complete({ encounterId, version }: Input<Routes["completeEncounter"]>, context: RequestContext): Promise<Summary> {
      await requireVisit(deps, context, encounterId);
      const { summary, moved } = await graph.write(async (writer): Promise<Begun> => {
        const visit = await writes.holdEncounter(writer, encounterId);
        advance(visit.status, "complete");
        atVersion(visit.version, version);
        const [appointmentId] = await writes.completeEncounter(writer, encounterId, context.clock.now());
        const moved = appointmentId ? await writes.setAppointmentStatus(writer, appointmentId, "completed") : null;
        return { summary: await summaryOf(writer, encounterId), moved };
      });
      tell(deps, moved);
      return summary;
    },

    async list({ patientId, page = 1, pageSize = USUAL_PAGE }: Input<Routes["listEncounters"]>, context: RequestContext) {
      await care.require(context, patientId);
      const finishedOnly = isSelf(context, patientId);
      const { encounters, total } = await graph.read((reader) => timeline.page(reader, patientId, { page, pageSize, finishedOnly }));
      return { items: encounters, total };
    },

    async get(encounterId: string, context: RequestContext): Promise<Omit<Visits, "encounters"> & { encounter: Summary }> {
      const visit = await requireVisit(deps, context, encounterId);
      if (isSelf(context, visit.patientId) && !FINISHED.includes(visit.status)) throw noVisit();
      const { encounters, ...contents } = await graph.read((reader) => loadVisits(reader, [encounterId]));
      return { encounter: encounters[0] as Summary, ...contents };
    },
  };
}

async function patientOf(deps: EncountersDeps, appointmentId: string): Promise<string> {
  const patientId = await deps.graph.read((reader) => store.findAppointmentPatient(reader, appointmentId));
  if (!patientId) throw new AppError("not-found", "There is no such appointment.", { field: "appointmentId" });
  return patientId;
}

async function begin(writer: Writer, input: Start, patientId: string, context: RequestContext): Promise<Begun> {
  const key = keyOf(context, input.key);
  // The lock is asked for first: what is read behind it is read under it.
  const [appointment, before] = await Promise.all([
    "appointmentId" in input ? writes.holdAppointment(writer, input.appointmentId) : null,
    store.findEncounterByKey(writer, key),
  ]);
  if (before) {
    sameSubject(
      before.patientId === patientId && (before.appointmentIds[0] ?? null) === ("appointmentId" in input ? input.appointmentId : null),
    );
    return { summary: await summaryOf(writer, before.id), moved: null };
  }
  if ("appointmentId" in input && appointment) return beginAppointment(writer, input.appointmentId, appointment, key, context);
  const doctor = await ownDoctor(writer, context);
  const reason = "patientId" in input ? (input.reason ?? null) : null;
  const visit = await newVisit(writer, { patientId, doctor, reason, key }, context);
  await writes.startWalkIn(writer, patientId, visit);
  return { summary: await summaryOf(writer, visit.id), moved: null };
}

async function beginAppointment(
  writer: Writer,
  appointmentId: string,
  appointment: writes.HeldAppointment,
  key: string,
  context: RequestContext,
): Promise<Begun> {
  const [open] = appointment.status === "in-progress" ? appointment.encounterIds : [];
  if (open) return { summary: await summaryOf(writer, open), moved: null };
  mayBegin(appointment, context.clock.now());
  // A colleague who stands in is the one who sees the patient, so the visit is theirs.
  const doctor = (await ownDoctor(writer, context)) ?? { id: appointment.doctorId, name: appointment.doctorName };
  const visit = await newVisit(writer, { patientId: appointment.patientId, doctor, reason: appointment.reason, key }, context);
  await writes.startFromAppointment(writer, appointmentId, visit);
  const moved = await writes.setAppointmentStatus(writer, appointmentId, "in-progress");
  return { summary: await summaryOf(writer, visit.id), moved };
}

interface NewVisit {
  patientId: string;
  doctor: { id: string; name: string } | null;
  reason: string | null;
  key: string;
}

/** Properties of a visit that begins now; its doctor has a care edge from here on. */
async function newVisit(writer: Writer, { patientId, doctor, reason, key }: NewVisit, context: RequestContext) {
  const startedAt = context.clock.now();
  if (doctor) await writes.joinCare(writer, doctor.id, patientId, startedAt);
  const id = await nextId(writer, "Encounter");
  const doctorName = doctor?.name ?? userOf(context).displayName;
  return { id, patientId, doctorId: doctor?.id ?? null, doctorName, reason, key, status: "open", startedAt, version: 1 };
}

/** The doctor that the viewer is, if they are one. */
async function ownDoctor(writer: Writer, context: RequestContext): Promise<{ id: string; name: string } | null> {
  const { externalId } = userOf(context);
  return hasRole(context.viewer, "doctor") && externalId ? store.findDoctor(writer, externalId) : null;
}

/** Day screens follow the appointment; the patient's own list does too. */
function tell(deps: EncountersDeps, moved: writes.MovedAppointment | null): void {
  if (!moved) return;
  const { id: appointmentId, day, doctorId, patientId } = moved;
  deps.events.publish(
    { type: "scheduling.dayChanged", day, doctorId, patientId, appointmentId },
    { roles: ["reception", "doctor", "nurse"], externalIds: [patientId] },
  );
}
