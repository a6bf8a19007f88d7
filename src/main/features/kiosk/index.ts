import type { RequestContext } from "@main/platform/request.ts";
import type { kioskContract } from "@shared/contract/kiosk.ts";
import type { Handlers } from "@shared/define.ts";
import { kioskHandlers } from "./handlers.ts";
import type { KioskDeps } from "./needs.ts";
import { createKioskService } from "./service.ts";

/** The kiosk feature: recognise, check in, book. */
export function createKiosk(deps: KioskDeps): Handlers<typeof kioskContract, RequestContext> {
  return kioskHandlers(createKioskService(deps));
}
