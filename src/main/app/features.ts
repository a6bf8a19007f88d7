import type { ResearchEngine } from "../data/research/port.ts";
import { visibilityOf } from "../data/research/visibility.ts";
import type { Stores } from "../data/stores.ts";
import { createClinic } from "../features/clinic/index.ts";
import { createEncounters, createIcd10, createTimeline } from "../features/encounters/index.ts";
import { createEvents } from "../features/events/index.ts";
import { createFiles } from "../features/files/index.ts";
import { createKiosk } from "../features/kiosk/index.ts";
import { createMessaging } from "../features/messaging/index.ts";
import { createNotifications } from "../features/notifications/index.ts";
import { createCareAccess, createPatientIdentity, createPatients } from "../features/patients/index.ts";
import { createReports } from "../features/reports/index.ts";
import { createResearch } from "../features/research/index.ts";
import { createKioskDesk, createScheduling } from "../features/scheduling/index.ts";
import { createAuthenticator, createSession, createSessionControl } from "../features/session/index.ts";
import { createSetup } from "../features/setup/index.ts";
import { createStaff } from "../features/staff/index.ts";
import { type Connection, createStoreSettings, createSystem } from "../features/system/index.ts";
import type { Clock } from "../platform/clock.ts";
import type { ConfigurationKeeper } from "../platform/configuration-keeper.ts";
import type { EventBus } from "../platform/events.ts";
import type { FileBytes } from "../platform/file-bytes.ts";
import type { Ids } from "../platform/ids.ts";
import type { Images } from "../platform/images.ts";
import type { Log } from "../platform/log.ts";
import { createPasswords } from "../platform/passwords.ts";
import type { Viewer } from "../platform/request.ts";
import type { Workstation } from "../platform/server-settings.ts";
import type { AppHandlers } from "../rpc/call.ts";
import type { InternalCall } from "./internal-call.ts";
import { probes } from "./probes.ts";

export interface FeatureDeps {
  folder: string;
  stores: Stores;
  research: ResearchEngine;
  bus: EventBus;
  images: Images;
  ids: Ids;
  log: Log;
  clock: Clock;
  call: InternalCall;
  diskFreeBytes(): Promise<number | null>;
  passwordCost: number | undefined;
  version: string;
  /** Where the stores are configured to be, and how to come there. */
  configuration: ConfigurationKeeper;
  restart: (() => void) | null;
  connection: Connection;
  /** Null where nobody shares the stores. */
  workstation: Workstation | null;
}

export interface Features {
  handlers: AppHandlers;
  /** Bytes of files past the routes' envelope. */
  fileBytes: FileBytes;
  /** Whose token it is; null for nobody's. */
  authenticate(token: string | null, clock: Clock): Promise<Viewer | null>;
  /** Finishes or removes what a crash left between the stores; before anybody is served. */
  recover(): Promise<void>;
  /** What the files feature does every hour. */
  sweepFiles(): Promise<void>;
  /** Stops what would otherwise be waited for when the app closes. */
  interrupt(): void;
  close(): Promise<void>;
}

/** Makes every feature from the ports, and hands each what it needs of the others. */
export function createFeatures({
  folder,
  stores,
  research,
  bus,
  images,
  ids,
  log,
  clock,
  call,
  diskFreeBytes,
  passwordCost,
  version,
  configuration,
  restart,
  connection,
  workstation,
}: FeatureDeps): Features {
  const { graph, documents, audit, blobs, leases, secrets } = stores;
  const passwords = createPasswords({ cost: passwordCost });
  const sessions = createSessionControl({ documents, bus });
  const storeSettings = createStoreSettings({ configuration, probes, restart });
  const setup = createSetup({
    graph,
    documents,
    blobs,
    passwords,
    ids,
    leases,
    bus,
    log,
    sessions,
    call,
    version,
    mode: stores.mode,
    servers: storeSettings,
    dataFolder: folder,
    diskFreeBytes,
  });
  const care = createCareAccess({ graph, documents });
  const icd10 = createIcd10();
  const scheduling = { graph, ids, events: bus, care };
  const notifications = createNotifications({ documents, ids, events: bus });
  const { notifier } = notifications;
  const { isAlive } = sessions;
  const files = createFiles({
    ...{ graph, documents, blobs, audit, care, events: bus, notifier },
    ...{ ids, log, clock, isAlive, diskFreeBytes, leases, host: workstation?.id ?? "here" },
  });
  const chartFiles = files.chart;
  const messaging = createMessaging({ graph, documents, blobs, ids, clock, events: bus, log, images, care, notifier, chartFiles });
  const researching = createResearch({ documents, engine: research, visibilityOf, ids });
  const handlers: AppHandlers = {
    session: createSession({ graph, documents, audit, passwords, ids, control: sessions }),
    setup: setup.handlers,
    clinic: createClinic({ graph }),
    staff: createStaff({ graph, documents, passwords, ids, leases, sessions }),
    patients: createPatients({ graph, documents, ids, care, icd10, timeline: createTimeline(), files: files.chart }),
    scheduling: createScheduling(scheduling),
    kiosk: createKiosk({ documents, ids, desk: createKioskDesk(scheduling), identity: createPatientIdentity({ graph }) }),
    encounters: createEncounters({ graph, documents, care, icd10, events: bus }),
    files: files.handlers,
    messaging: messaging.handlers,
    notifications: notifications.handlers,
    research: researching.handlers,
    reports: createReports({ audit, documents }),
    system: createSystem({
      ...{ graph, documents, blobs, secrets, ids, version, connection, diskFreeBytes },
      ...{ facts: { mode: stores.mode, features: stores.features, workstations: stores.workstations, self: workstation } },
      ...{ settings: storeSettings, dataFolder: folder },
    }),
    events: createEvents({ bus, isAlive }),
  };
  return {
    handlers,
    fileBytes: files.bytes,
    authenticate: createAuthenticator({ documents }),
    async recover() {
      await setup.recover();
      await files.recover();
      await messaging.recover();
    },
    sweepFiles: () => files.sweep(),
    interrupt: () => researching.interrupt(),
    async close() {
      await files.close();
      await researching.close();
      await passwords.close();
    },
  };
}
