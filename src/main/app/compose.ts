import type { AppEvent } from "@shared/contract/events.ts";
import { contract } from "@shared/contract/index.ts";
import type { ConnectionState } from "@shared/contract/servers.ts";
import { settings } from "../data/documents/collections.ts";
import { openStores } from "../data/open-stores.ts";
import type { Stores } from "../data/stores.ts";
import { type Clock, systemClock } from "../platform/clock.ts";
import { type ConfigurationKeeper, folderConfiguration } from "../platform/configuration-keeper.ts";
import { freeBytes } from "../platform/disk.ts";
import { watchDisk } from "../platform/disk-watch.ts";
import { EVERYONE } from "../platform/events.ts";
import { type Ids, systemIds } from "../platform/ids.ts";
import type { Log } from "../platform/log.ts";
import { processImages } from "../platform/process-images.ts";
import type { Launchers } from "../platform/process-launcher.ts";
import type { Viewer } from "../platform/request.ts";
import type { SecretStore } from "../platform/secrets.ts";
import type { ServerSettings } from "../platform/server-settings.ts";
import { createFileDoor, type FileDoor } from "../rpc/file-door.ts";
import { findIn, routeTable } from "../rpc/known-route.ts";
import { createLife, type Life } from "../rpc/life.ts";
import { createRateLimit } from "../rpc/rate-limit.ts";
import { createRpcHandler, type RpcHandler } from "../rpc/router.ts";
import { createEventBus, KEPT_EVENTS } from "./event-bus.ts";
import { createFeatures } from "./features.ts";
import { type InternalCall, internalCall } from "./internal-call.ts";
import { createReadiness, type Readiness } from "./readiness.ts";
import { tellStoreState } from "./store-events.ts";
import { VERSION } from "./version.ts";

export interface AppOptions {
  /** The data folder; made when missing. */
  folder: string;
  launchers: Launchers;
  log: Log;
  /** Keeps the key of what is sealed at rest in embedded stores. */
  secrets: SecretStore;
  /** The clinic's servers; left out, its stores are in the data folder. */
  servers?: ServerSettings;
  /** Seals the keys that workstations share; left out, who may read the document store can read them. */
  keyPassphrase?: string;
  /** What was configured and will be; left out, what the folder's own file says. */
  configuration?: ConfigurationKeeper;
  /** Starts the application anew once the call in hand is answered; left out where this process cannot. */
  restart?: () => void;
  clock?: Clock;
  ids?: Ids;
  anchorFile?: string;
  /** POLYCLINIC_RATE_LIMIT=off on a loopback address; lifts the limits while the sample clinic is loaded. */
  liftRateLimits?: boolean;
  /** Free bytes of the data folder's disk; asked of the system when left out. */
  diskFreeBytes?: () => Promise<number | null>;
  /** bcrypt cost, for tests only: theirs must be fast, a clinic's must not. */
  passwordCost?: number;
}

/** The application without a way in: stores, features and the router. Windows and hosts serve it. */
export interface App {
  readonly version: string;
  readonly clock: Clock;
  readonly life: Life;
  readonly rpc: RpcHandler;
  readonly call: InternalCall;
  /** Bytes of files, for the transports. */
  readonly files: FileDoor;
  /** Whose token it is; null for nobody's. */
  authenticate(token: string | null, clock: Clock): Promise<Viewer | null>;
  newRequestId(): string;
  /** Tells everyone who listens. */
  announce(event: AppEvent): void;
  health(): Promise<Health>;
  /** Whether the stores can be used, as the screen that waits for them shows it. */
  connection(): ConnectionState;
  /** Tries the servers now; answers what came of it. */
  retryConnection(): Promise<ConnectionState>;
  /** Resolves when the stores can be used: at once for embedded ones. */
  readonly ready: Promise<void>;
  /** The hourly sweep of files, now: given-up uploads, orphaned bytes, and what is due to be purged. */
  sweepFiles(): Promise<void>;
  /** Takes nothing new, lets what is in flight finish (10 s at most), then closes the stores. */
  close(): Promise<void>;
}

export interface Health {
  status: "ok" | "degraded";
  version: string;
  stores: { graph: "up" | "down"; documents: "up" | "down" };
}

const DRAIN_MS = 10_000;

/** Opens the stores, makes every feature, and puts the router before them: the one place that knows them all. */
export async function composeApp(options: AppOptions): Promise<App> {
  const { folder, launchers, log, secrets, anchorFile, clock = systemClock, ids = systemIds } = options;
  const stores = await openStores({
    folder,
    launchers,
    log,
    clock,
    secrets,
    anchorFile,
    servers: options.servers,
    keyPassphrase: options.keyPassphrase,
    version: VERSION,
  });
  try {
    const research = await stores.openResearch();
    const bus = createEventBus(clock, KEPT_EVENTS, stores.relay);
    const silence = tellStoreState(stores, bus);
    // What the clinic keeps on servers does not depend on the room that this workstation has.
    const diskFreeBytes = options.diskFreeBytes ?? (() => (stores.mode === "servers" ? Promise.resolve(null) : freeBytes(folder)));
    const disk = await watchDisk(diskFreeBytes, (state) => bus.publish({ type: "system.diskChanged", state }, EVERYONE));
    const images = processImages({ launcher: launchers.images, log });
    let life: Life;
    const call = internalCall(() => life);
    const features = createFeatures({
      ...{ folder, stores, research, bus, images, ids, log, clock, call, diskFreeBytes },
      ...{ passwordCost: options.passwordCost, version: VERSION, restart: options.restart ?? null },
      ...{ connection: { state: () => readiness.state(), retry: () => readiness.retryNow() } },
      ...{ configuration: options.configuration ?? (await folderConfiguration(folder, secrets)) },
      workstation: options.servers?.workstation ?? null,
    });
    const readiness = createReadiness({ stores, log, recover: () => stores.leases.hold("recover", () => features.recover()) });
    const sampleLoaded = () =>
      stores.documents
        .collection(settings)
        .get("sample")
        .then(
          (sample) => sample !== null,
          // The store is away: what can be answered without it is answered, within the limits.
          () => false,
        );
    life = createLife({
      find: findIn(routeTable(contract, features.handlers)),
      authenticate: features.authenticate,
      rateLimit: createRateLimit(async () => options.liftRateLimits === true && (await sampleLoaded())),
      audit: stores.audit,
      ready: readiness.pass,
      mayWrite: () => disk.state !== "read-only",
      ids,
      log,
      checkOutput: process.env.NODE_ENV !== "production",
    });
    const begun = readiness.begin();
    if (stores.mode === "embedded") await begun;
    else begun.catch(readiness.keepTrying);
    return {
      version: VERSION,
      clock,
      life,
      rpc: createRpcHandler(contract, life, ids.uuid),
      call,
      files: createFileDoor({ life, bytes: features.fileBytes, newRequestId: ids.uuid }),
      authenticate: features.authenticate,
      newRequestId: ids.uuid,
      announce: (event) => bus.publish(event, EVERYONE),
      sweepFiles: features.sweepFiles,
      connection: readiness.state,
      retryConnection: readiness.retryNow,
      ready: readiness.ready,
      async health() {
        const states = await healthOf(stores, readiness);
        const up = states.graph === "up" && states.documents === "up";
        return { status: up ? "ok" : "degraded", version: VERSION, stores: states };
      },
      async close() {
        readiness.stop();
        const drained = life.drain(DRAIN_MS);
        features.interrupt();
        await drained;
        silence();
        disk.stop();
        await features.close();
        await images.close();
        await stores.close();
      },
    };
  } catch (error) {
    await stores.close();
    throw error;
  }
}

/** Before the stores are ready nobody asks them: a server that is not there would keep the answer waiting. */
async function healthOf({ graph, documents }: Stores, readiness: Readiness): Promise<Health["stores"]> {
  const { state, stores } = readiness.state();
  if (state !== "ready") return { graph: stores.graph.state, documents: stores.documents.state };
  const of = (asked: Promise<{ state: "up" | "down" }>) =>
    asked.then(
      ({ state }) => state,
      () => "down" as const,
    );
  const [graphState, documentState] = await Promise.all([of(graph.health()), of(documents.health())]);
  return { graph: graphState, documents: documentState };
}
