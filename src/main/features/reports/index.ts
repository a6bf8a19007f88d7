import type { AuditPort } from "@main/data/audit/port.ts";
import type { DocumentPort } from "@main/data/documents/port.ts";
import type { RequestContext } from "@main/platform/request.ts";
import type { reportsContract } from "@shared/contract/reports.ts";
import type { Handlers } from "@shared/define.ts";
import { reportsHandlers } from "./handlers.ts";

/** The reports feature: who did what, whether the trail is whole, and whose chart was opened by break-glass. */
export function createReports(deps: { audit: AuditPort; documents: DocumentPort }): Handlers<typeof reportsContract, RequestContext> {
  return reportsHandlers(deps);
}
