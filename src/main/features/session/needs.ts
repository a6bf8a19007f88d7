import type { AuditPort } from "@main/data/audit/port.ts";
import type { DocumentPort } from "@main/data/documents/port.ts";
import type { GraphPort } from "@main/data/graph/port.ts";
import type { Ids } from "@main/platform/ids.ts";
import type { Passwords } from "@main/platform/passwords.ts";
import type { SessionControl } from "./session-control.ts";

export interface SessionDeps {
  graph: GraphPort;
  documents: DocumentPort;
  audit: AuditPort;
  passwords: Passwords;
  ids: Ids;
  /** Made once with `createSessionControl` and shared with the staff feature. */
  control: SessionControl;
}
