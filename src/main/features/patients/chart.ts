import type { Reader } from "@main/data/graph/port.ts";
import { isSelf } from "@main/platform/care.ts";
import type { RequestContext } from "@main/platform/request.ts";
import type { patientsContract } from "@shared/contract/patients.ts";
import { AppError, type Handlers, type Input, type Output } from "@shared/define.ts";
import { createAllergies } from "./allergies.ts";
import { createBreakGlass } from "./break-glass.ts";
import type { ChartDeps } from "./chart-needs.ts";
import { visibleAllergies } from "./chart-rules.ts";
import * as store from "./chart-store.ts";
import { createConditions } from "./conditions.ts";

type Routes = typeof patientsContract;
type ChartRoutes = "getChart" | "recordAllergy" | "voidAllergy" | "recordCondition" | "breakGlass";
type ChartView = Output<Routes["getChart"]>;

const USUAL_PAGE = 20;

/** The clinical half of the patients feature: the chart and what is recorded in it outside of a visit. */
export function createChart(deps: ChartDeps): Pick<Handlers<Routes, RequestContext>, ChartRoutes> {
  const allergies = createAllergies(deps);
  return {
    getChart: (input, context) => getChart(deps, input, context),
    recordAllergy: (input, context) => allergies.record(input, context),
    voidAllergy: (input, context) => allergies.void(input, context),
    recordCondition: createConditions(deps),
    breakGlass: createBreakGlass(deps),
  };
}

async function getChart(
  { graph, care, timeline, files }: ChartDeps,
  { patientId, page = 1, pageSize = USUAL_PAGE }: Input<Routes["getChart"]>,
  context: RequestContext,
): Promise<ChartView> {
  const { breakGlass } = await care.require(context, patientId);
  const self = isSelf(context, patientId);
  const parts = await graph.read((reader) => load(reader, { timeline, files }, patientId, { page, pageSize, finishedOnly: self }));
  return view(parts, { self, breakGlass });
}

/** All parts of one state of the graph, each in one round trip. `page` pages the visits and the appointments alike. */
async function load(
  reader: Reader,
  { timeline, files }: Pick<ChartDeps, "timeline" | "files">,
  patientId: string,
  page: { page: number; pageSize: number; finishedOnly: boolean },
) {
  const patient = await store.findChartPatient(reader, patientId);
  if (!patient) throw new AppError("not-found", "There is no such patient.", { field: "patientId" });
  const skip = (page.page - 1) * page.pageSize;
  return {
    patient,
    allergies: await store.listAllergies(reader, patientId),
    conditions: await store.listConditions(reader, patientId),
    appointments: await store.listAppointments(reader, patientId, { skip, limit: page.pageSize }),
    visits: await timeline.page(reader, patientId, page),
    files: await files.listForChart(reader, patientId, { self: page.finishedOnly }),
  };
}

/** What this viewer may see of the parts, in the contract's shape. */
function view(parts: Awaited<ReturnType<typeof load>>, viewer: { self: boolean; breakGlass: boolean }): ChartView {
  const { patient, conditions, appointments, visits, files } = parts;
  return {
    patient,
    allergies: visibleAllergies(parts, viewer.self),
    conditions,
    encounters: visits.encounters,
    encounterTotal: visits.total,
    observations: visits.observations,
    notes: visits.notes,
    appointments,
    prescriptions: [],
    labs: [],
    files,
    breakGlass: viewer.breakGlass,
  };
}
