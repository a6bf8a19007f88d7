import type { AppEvent } from "@shared/contract/events.ts";
import { contract } from "@shared/contract/index.ts";
import { settings } from "../data/documents/collections.ts";
import { openEmbeddedResearch } from "../data/graph/embedded-research.ts";
import { openStores } from "../data/open-stores.ts";
import { pseudonymKey } from "../data/research/pseudonym.ts";
import { type Clock, systemClock } from "../platform/clock.ts";
import { freeBytes } from "../platform/disk.ts";
import { watchDisk } from "../platform/disk-watch.ts";
import { EVERYONE } from "../platform/events.ts";
import { type Ids, systemIds } from "../platform/ids.ts";
import type { Log } from "../platform/log.ts";
import { processImages } from "../platform/process-images.ts";
import type { Launchers } from "../platform/process-launcher.ts";
import type { Viewer } from "../platform/request.ts";
import type { SecretStore } from "../platform/secrets.ts";
import { createFileDoor, type FileDoor } from "../rpc/file-door.ts";
import { findIn, routeTable } from "../rpc/known-route.ts";
import { createLife, type Life } from "../rpc/life.ts";
import { createRateLimit } from "../rpc/rate-limit.ts";
import { createRpcHandler, type RpcHandler } from "../rpc/router.ts";
import { createEventBus } from "./event-bus.ts";
import { createFeatures } from "./features.ts";
import { type InternalCall, internalCall } from "./internal-call.ts";
import { tellStoreState } from "./store-events.ts";
import { VERSION } from "./version.ts";

export interface AppOptions {
  /** The data folder; made when missing. */
  folder: string;
  launchers: Launchers;
  log: Log;
  /** Keeps the key of what is sealed at rest. */
  secrets: SecretStore;
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
  const stores = await openStores({ folder, engine: launchers.graph, log, clock, secrets, anchorFile });
  try {
    const research = await openEmbeddedResearch({
      ...{ folder, graph: stores.graph, launcher: launchers.research, log, clock },
      pseudonymKey: () => pseudonymKey(secrets),
    });
    const bus = createEventBus(clock);
    const silence = tellStoreState(stores.graph, bus);
    const diskFreeBytes = options.diskFreeBytes ?? (() => freeBytes(folder));
    const disk = await watchDisk(diskFreeBytes, (state) => bus.publish({ type: "system.diskChanged", state }, EVERYONE));
    const images = processImages({ launcher: launchers.images, log });
    let life: Life;
    const call = internalCall(() => life);
    const features = createFeatures({
      ...{ folder, stores, research, bus, images, ids, secrets, log, clock, call, diskFreeBytes },
      ...{ passwordCost: options.passwordCost, version: VERSION },
    });
    const sampleLoaded = async () => (await stores.documents.collection(settings).get("sample")) !== null;
    life = createLife({
      find: findIn(routeTable(contract, features.handlers)),
      authenticate: features.authenticate,
      rateLimit: createRateLimit(async () => options.liftRateLimits === true && (await sampleLoaded())),
      audit: stores.audit,
      mayWrite: () => disk.state !== "read-only",
      ids,
      log,
      checkOutput: process.env.NODE_ENV !== "production",
    });
    await features.recover();
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
      async health() {
        const [graph, documents] = await Promise.all([stores.graph.health(), stores.documents.health()]);
        const up = graph.state === "up" && documents.state === "up";
        return { status: up ? "ok" : "degraded", version: VERSION, stores: { graph: graph.state, documents: documents.state } };
      },
      async close() {
        const drained = life.drain(DRAIN_MS);
        features.interrupt();
        await drained;
        silence();
        disk.stop();
        await features.close();
        await images.close();
        await research.close();
        await stores.close();
      },
    };
  } catch (error) {
    await stores.close();
    throw error;
  }
}
