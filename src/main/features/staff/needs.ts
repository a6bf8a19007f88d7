import type { DocumentPort } from "@main/data/documents/port.ts";
import type { GraphPort } from "@main/data/graph/port.ts";
import type { Leases } from "@main/data/leases/port.ts";
import type { Ids } from "@main/platform/ids.ts";
import type { Passwords } from "@main/platform/passwords.ts";

/** What the staff feature needs of the session feature: ending the sessions of an account at once. */
export interface EndsSessions {
  endSessionsOf(userId: string, cause: "roles-changed" | "deactivated" | "password-changed"): Promise<unknown>;
}

export interface StaffDeps {
  graph: GraphPort;
  documents: DocumentPort;
  passwords: Passwords;
  ids: Ids;
  leases: Leases;
  sessions: EndsSessions;
}
