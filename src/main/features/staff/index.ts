import type { RequestContext } from "@main/platform/request.ts";
import type { staffContract } from "@shared/contract/staff.ts";
import type { Handlers } from "@shared/define.ts";
import { staffHandlers } from "./handlers.ts";
import type { StaffDeps } from "./needs.ts";

/** The staff feature: accounts, their roles and links, and the directory of colleagues. */
export function createStaff(deps: StaffDeps): Handlers<typeof staffContract, RequestContext> {
  return staffHandlers(deps);
}
