import type { AuditPort } from "@main/data/audit/port.ts";
import { breakGlass } from "@main/data/documents/collections.ts";
import type { DocumentPort } from "@main/data/documents/port.ts";
import type { RequestContext } from "@main/platform/request.ts";
import type { reportsContract } from "@shared/contract/reports.ts";
import type { Handlers } from "@shared/define.ts";

const USUAL_LIMIT = 100;

/** Routes of the reports domain: each reads a store that others write. */
export function reportsHandlers({
  audit,
  documents,
}: {
  audit: AuditPort;
  documents: DocumentPort;
}): Handlers<typeof reportsContract, RequestContext> {
  const grants = documents.collection(breakGlass);
  return {
    async auditLog({ limit = USUAL_LIMIT, ...filter }) {
      const found = await audit.list({ ...filter, limit: limit + 1 });
      const items = found.slice(0, limit);
      return { items, nextBefore: found.length > limit ? (items.at(-1)?.seq ?? null) : null };
    },
    verifyAudit: () => audit.verify(),
    async listBreakGlass({ limit = USUAL_LIMIT }) {
      const items = await grants.find({}, { sort: { at: "desc" }, limit });
      return { items: items.map(({ id: _id, ...grant }) => grant) };
    },
  };
}
