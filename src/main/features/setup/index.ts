import type { RequestContext } from "@main/platform/request.ts";
import type { setupContract } from "@shared/contract/setup.ts";
import type { Handlers } from "@shared/define.ts";
import { setupHandlers } from "./handlers.ts";
import type { SetupDeps } from "./needs.ts";
import { createSetupService } from "./service.ts";

export interface Setup {
  handlers: Handlers<typeof setupContract, RequestContext>;
  /** Finishes or removes what a crash left between the stores. Call it once at the start, before anybody is served. */
  recover(): Promise<void>;
}

/** The setup feature: the first run, the clinic's founding, and the sample clinic. */
export function createSetup(deps: SetupDeps): Setup {
  const service = createSetupService(deps);
  return { handlers: setupHandlers(service), recover: () => service.recover() };
}
