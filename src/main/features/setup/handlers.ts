import type { RequestContext } from "@main/platform/request.ts";
import type { setupContract } from "@shared/contract/setup.ts";
import { AppError, type Handlers } from "@shared/define.ts";
import type { createSetupService } from "./service.ts";

const pending = () => Promise.reject(new AppError("internal", "not built yet"));

export function setupHandlers(service: ReturnType<typeof createSetupService>): Handlers<typeof setupContract, RequestContext> {
  return {
    getStatus: () => service.getStatus(),
    createClinic: (input, context) => service.createClinic(input, context),
    loadSampleClinic: (input, context) => service.loadSampleClinic(input, context),
    testServer: pending,
    joinServers: pending,
    async removeSampleClinic() {
      await service.removeSampleClinic();
      return {};
    },
  };
}
