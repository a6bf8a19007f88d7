import type { RequestContext } from "@main/platform/request.ts";
import type { schedulingContract } from "@shared/contract/scheduling.ts";
import type { Handlers } from "@shared/define.ts";
import { schedulingHandlers } from "./handlers.ts";
import type { SchedulingDeps } from "./needs.ts";

export { createKioskDesk, type KioskDesk } from "./kiosk-desk.ts";

/** The scheduling feature: working hours, free slots, bookings and the day board. */
export function createScheduling(deps: SchedulingDeps): Handlers<typeof schedulingContract, RequestContext> {
  return schedulingHandlers(deps);
}
