import type { RequestContext } from "@main/platform/request.ts";
import type { systemContract } from "@shared/contract/system.ts";
import type { Handlers } from "@shared/define.ts";
import { systemHandlers } from "./handlers.ts";
import type { SystemDeps } from "./needs.ts";

/** The system feature: paired devices and the health of the stores. */
export function createSystem(deps: SystemDeps): Handlers<typeof systemContract, RequestContext> {
  return systemHandlers(deps);
}

export type { Connection, Probes } from "./needs.ts";
export { createStoreSettings } from "./store-settings.ts";
