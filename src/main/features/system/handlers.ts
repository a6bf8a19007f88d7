import type { RequestContext } from "@main/platform/request.ts";
import type { systemContract } from "@shared/contract/system.ts";
import type { Handlers } from "@shared/define.ts";
import { createDevices } from "./devices.ts";
import { createHealth } from "./health.ts";
import type { SystemDeps } from "./needs.ts";

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
    getHealth: (_input, { clock }) => health(clock.now()),
    getConnection: async () => deps.connection.state(),
    retryConnection: () => deps.connection.retry(),
    getConfiguration: () => deps.settings.get(),
    testConnection: (input) => deps.settings.test(input, { kept: true }),
    setConfiguration: (input) => deps.settings.save(input),
    async restart() {
      deps.settings.restart();
      return {};
    },
  };
}
