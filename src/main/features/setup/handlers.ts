import type { RequestContext } from "@main/platform/request.ts";
import type { setupContract } from "@shared/contract/setup.ts";
import type { Handlers } from "@shared/define.ts";
import type { createSetupService } from "./service.ts";

export function setupHandlers(service: ReturnType<typeof createSetupService>): Handlers<typeof setupContract, RequestContext> {
  return {
    getStatus: () => service.getStatus(),
    createClinic: (input, context) => service.createClinic(input, context),
    loadSampleClinic: (input, context) => service.loadSampleClinic(input, context),
    testServer: (input) => service.testServer(input),
    joinServers: (input) => service.joinServers(input),
    async removeSampleClinic() {
      await service.removeSampleClinic();
      return {};
    },
  };
}
