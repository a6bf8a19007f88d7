import type { DocumentPort } from "@main/data/documents/port.ts";
import type { GraphPort } from "@main/data/graph/port.ts";
import type { Ids } from "@main/platform/ids.ts";
import { hasRole, type RequestContext, userOf } from "@main/platform/request.ts";
import type { patientsContract } from "@shared/contract/patients.ts";
import type { Handlers } from "@shared/define.ts";
import { DirectoryUpkeep } from "./directory-upkeep.ts";
import { createFindingService } from "./finding-service.ts";
import { createInvitations } from "./invitations.ts";
import { createParticularsService, notFound } from "./particulars-service.ts";
import { summaryOf } from "./rules.ts";

export interface ParticularsDeps {
  graph: GraphPort;
  documents: DocumentPort;
  ids: Ids;
}

type Particulars = Pick<
  Handlers<typeof patientsContract, RequestContext>,
  "register" | "update" | "get" | "search" | "findDuplicates" | "listRoster" | "issueInvitation"
>;

const SEARCH_LIMIT = 20;
const PAGE_SIZE = 50;

/** The administrative half of the patients feature: who they are, and finding them. */
export function createParticulars(deps: ParticularsDeps): Particulars {
  const upkeep = new DirectoryUpkeep(deps.graph);
  const particulars = createParticularsService(deps.graph, upkeep);
  const finding = createFindingService(deps.graph, upkeep);
  const invitations = createInvitations(deps);
  return {
    register: (input, context) => particulars.register(input, context.clock.now()),
    update: (input, context) => particulars.update(input, context.clock.now()),
    get: async ({ patientId }, context) => {
      const staff = hasRole(context.viewer, "reception", "doctor", "nurse");
      if (!staff && userOf(context).externalId !== patientId) throw notFound();
      return particulars.get(patientId);
    },
    search: async ({ text, limit = SEARCH_LIMIT }) => ({ items: (await finding.search(text, limit)).map(summaryOf) }),
    findDuplicates: async (input) => {
      const found = await particulars.findDuplicates(input);
      return { items: found.map(({ patient, reasons }) => ({ ...summaryOf(patient), reasons })) };
    },
    listRoster: async ({ doctorId = null, page = 1, pageSize = PAGE_SIZE }) => {
      const { patients, total } = await finding.listRoster(doctorId, (page - 1) * pageSize, pageSize);
      return { items: patients.map(summaryOf), total };
    },
    issueInvitation: async ({ patientId }, context) => invitations.issue(await particulars.get(patientId), context.clock.now()),
  };
}
