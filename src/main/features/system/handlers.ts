import type { RequestContext } from "@main/platform/request.ts";
import type { systemContract } from "@shared/contract/system.ts";
import { AppError, type Handlers } from "@shared/define.ts";
import { createDevices } from "./devices.ts";
import { createHealth } from "./health.ts";
import type { SystemDeps } from "./needs.ts";

const pending = () => Promise.reject(new AppError("internal", "not built yet"));

export function systemHandlers(deps: SystemDeps): Handlers<typeof systemContract, RequestContext> {
  const devices = createDevices(deps);
  const health = createHealth(deps);
  return {
    pairDevice: (input, context) => devices.pair(input, context),
    claimDevice: (input, context) => devices.claim(input, context),
    listDevices: () => devices.list(),
    async revokeDevice(input) {
      await devices.revoke(input);
      return {};
    },
    getHealth: () => health(),
    getConnection: pending,
    retryConnection: pending,
    getConfiguration: pending,
    testConnection: pending,
    setConfiguration: pending,
  };
}
