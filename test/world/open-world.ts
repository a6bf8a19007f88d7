import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type App, composeApp } from "@main/app/compose.ts";
import { fileSecrets } from "@main/platform/file-secrets.ts";
import { createLog } from "@main/platform/pino-log.ts";
import type { UserViewer, Viewer } from "@main/platform/request.ts";
import type { ServerSettings } from "@main/platform/server-settings.ts";
import type { RawInput, RouteOutput } from "@main/rpc/call.ts";
import type { AppContract, Domain } from "@shared/contract/index.ts";
import { type ClinicOptions, clinicWith, type SmallClinic } from "./clinic-with.ts";
import { keysOf } from "./keys-of.ts";
import { LAUNCHERS } from "./launchers.ts";
import { createTestClock, type TestClock } from "./test-clock.ts";

export interface WorldOptions {
  /** Load the sample clinic from seed 1. */
  sample?: boolean;
  /** Where the clock stands; a Tuesday morning when left out. */
  clockAt?: string;
  /** A data folder to open again; a new one in the temporary folder, removed at the end, when left out. */
  folder?: string;
  /** On the given servers, with a database of its own and the graph emptied; or on these, which may be another world's (`sameAs`). */
  servers?: true | ServerSettings;
  /** Do not wait until the servers are ready. */
  atOnce?: boolean;
  /** Seals the keys that workstations share. */
  keyPassphrase?: string;
  /** Free bytes of the disk, as the test wants them. */
  diskFreeBytes?: () => Promise<number | null>;
  /** As POLYCLINIC_RATE_LIMIT=off on loopback. */
  liftRateLimits?: boolean;
}

type Call<Extra extends unknown[]> = <D extends Domain, R extends keyof AppContract[D] & string>(
  domain: D,
  route: R,
  input: RawInput<AppContract[D][R]>,
  ...extra: Extra
) => Promise<RouteOutput<AppContract[D][R]>>;

/** The whole application on real stores, with a folder of its own and a clock the test moves. */
export interface World {
  readonly app: App;
  readonly clock: TestClock;
  readonly folder: string;
  /** Null on embedded stores. */
  readonly servers: ServerSettings | null;
  /** Calls a route as that viewer; null is somebody who is not signed in. */
  readonly call: Call<[viewer: Viewer | null]>;
  /** The same for one viewer: `as(doctor)("patients", "get", …)`. */
  as(viewer: Viewer | null): Call<[]>;
  /** Signs in through the route and answers who that is, and the token for the transports. */
  signIn(username: string, password?: string): Promise<UserViewer & { token: string }>;
  /** Makes a small clinic through the routes, with an account for each role. */
  clinicWith(options?: ClinicOptions): Promise<SmallClinic>;
  close(): Promise<void>;
}

export const SAMPLE_PASSWORD = "clinic-demo-2026";
/** bcrypt's lowest: the tests sign in hundreds of times. */
const FAST_PASSWORD_COST = 4;
/** Loaded where a world is on servers: the others need no driver. */
const onServers = () => import("./on-servers.ts");

export async function openWorld(options: WorldOptions = {}): Promise<World> {
  const root = options.folder ? null : await mkdtemp(join(tmpdir(), "polyclinic-world-"));
  const folder = options.folder ?? join(root ?? "", "data");
  const clock = createTestClock(options.clockAt ?? "2026-03-03T08:00:00.000Z");
  const servers = options.servers === true ? await (await onServers()).ownServers() : (options.servers ?? null);
  const app = await composeApp({
    folder,
    servers: servers ?? undefined,
    keyPassphrase: options.keyPassphrase,
    launchers: LAUNCHERS,
    log: createLog({ level: "silent" }),
    secrets: fileSecrets(keysOf(folder)),
    clock,
    liftRateLimits: options.liftRateLimits,
    diskFreeBytes: options.diskFreeBytes,
    passwordCost: FAST_PASSWORD_COST,
  });
  const call: World["call"] = (domain, route, input, viewer) => app.call(domain, route, input, { viewer, clock });
  const world: World = {
    app,
    clock,
    folder,
    servers,
    call,
    as: (viewer) => (domain, route, input) => call(domain, route, input, viewer),
    async signIn(username, password = SAMPLE_PASSWORD) {
      const { token } = await call("session", "signIn", { username, password }, null);
      const viewer = await app.authenticate(token, clock);
      if (viewer?.kind !== "user") throw new Error(`${username} is signed in but not recognised`);
      // People in the tests count as having chosen a password of their own; the rule itself is tested with the true viewer.
      return { ...viewer, mustChangePassword: false, token };
    },
    clinicWith: (clinic) => clinicWith(world, clinic),
    async close() {
      await app.close();
      if (servers && options.servers === true) await (await onServers()).dropDatabase(servers);
      if (root) await rm(root, { recursive: true, force: true });
    },
  };
  if (servers && !options.atOnce) {
    await (await onServers()).untilReady(app).catch(async (error: unknown) => {
      await world.close();
      throw error;
    });
  }
  if (options.sample) await call("setup", "loadSampleClinic", { seed: 1 }, null);
  return world;
}
