import { diskState } from "@main/platform/disk.ts";
import { EVERYONE } from "@main/platform/events.ts";
import { checkNewPassword } from "@main/platform/password-policy.ts";
import type { RequestContext } from "@main/platform/request.ts";
import type { setupContract } from "@shared/contract/setup.ts";
import { AppError, type Input, type Output } from "@shared/define.ts";
import { alreadySetUp, createFounding } from "./found-clinic.ts";
import type { SetupDeps } from "./needs.ts";
import { createSample } from "./sample/index.ts";
import { countSample, findClinic } from "./store.ts";

type Routes = typeof setupContract;

/** Loading the sample on servers takes minutes; who wants the same waits for it and finds it loaded. */
const LOADING_MS = 15 * 60_000;

/** The beginning and the end of a clinic. One at a time on all workstations: two wizards cannot both win. */
export function createSetupService(deps: SetupDeps) {
  const { graph, passwords, bus } = deps;
  const founding = createFounding(deps);
  const sample = createSample(deps, founding);
  const oneAtATime = <T>(work: (lost: AbortSignal) => Promise<T>) => deps.leases.hold("setup", work, { waitMs: LOADING_MS });
  /** Servers are joined by a workstation that has nothing of its own, by whoever sets it up: later an administrator decides. */
  const refuseWhereSetUp = async () => {
    if (deps.mode !== "embedded" || (await sample.marker()) !== null || (await graph.read(findClinic))) throw alreadySetUp();
  };
  const tell = (state: "empty" | "ready") => bus.publish({ type: "setup.changed", state }, EVERYONE);

  return {
    async getStatus(): Promise<Output<Routes["getStatus"]>> {
      const [clinic, marker, diskFreeBytes] = await Promise.all([graph.read(findClinic), sample.marker(), deps.diskFreeBytes()]);
      const progress = sample.progress();
      const ready = clinic !== null && progress === null && (marker === null || marker.state === "loaded");
      return {
        state: ready ? "ready" : "empty",
        sample: marker?.state === "loaded",
        version: deps.version,
        dataFolder: deps.dataFolder,
        diskFreeBytes,
        disk: diskState(diskFreeBytes),
        clinicName: ready ? clinic.name : null,
        sampleAccounts: ready && marker ? sample.accounts() : [],
        progress,
      };
    },

    createClinic({ admin, ...clinic }: Input<Routes["createClinic"]>, { clock }: RequestContext): Promise<Output<Routes["createClinic"]>> {
      checkNewPassword(admin.password, [admin.username, clinic.name], "admin.password");
      return oneAtATime(async () => {
        if ((await sample.marker()) !== null || (await graph.read(findClinic))) throw alreadySetUp();
        const passwordHash = await passwords.hash(admin.password);
        const { username, displayName } = admin;
        const account = founding.founder({ username, displayName, passwordHash, locale: clinic.languages[0] ?? "en" }, clock.now());
        const clinicId = await founding.found(clinic, account, clock);
        tell("ready");
        return { clinicId };
      });
    },

    loadSampleClinic(input: Input<Routes["loadSampleClinic"]>, context: RequestContext): Promise<Output<Routes["loadSampleClinic"]>> {
      const started = context.clock.monotonic();
      return oneAtATime(async (lost) => {
        const loaded = (await sample.marker())?.state !== "loaded";
        if (loaded) {
          await sample.load(input, { ...context, signal: AbortSignal.any([context.signal, lost]) });
          tell("ready");
        }
        return { loaded, ...(await countSample(graph)), durationMs: context.clock.monotonic() - started };
      });
    },

    async testServer(input: Input<Routes["testServer"]>): Promise<Output<Routes["testServer"]>> {
      await refuseWhereSetUp();
      return deps.servers.test(input, { kept: false });
    },

    joinServers(input: Input<Routes["joinServers"]>): Promise<Output<Routes["joinServers"]>> {
      return oneAtATime(async () => {
        await refuseWhereSetUp();
        return deps.servers.join(input);
      });
    },

    removeSampleClinic(): Promise<void> {
      return oneAtATime(async () => {
        if ((await sample.marker()) === null) throw new AppError("conflict", "This is not the sample clinic.");
        await sample.remove();
        tell("empty");
      });
    },

    /** Finishes or removes what a crash left between the two stores: called once, before anybody is served. */
    recover(): Promise<void> {
      return oneAtATime(async () => {
        await founding.sweep();
        await sample.sweep();
      });
    },
  };
}
