import type { BlobPort } from "@main/data/blobs/port.ts";
import type { DocumentPort } from "@main/data/documents/port.ts";
import type { GraphPort } from "@main/data/graph/port.ts";
import type { Leases } from "@main/data/leases/port.ts";
import type { Clock } from "@main/platform/clock.ts";
import type { EventBus } from "@main/platform/events.ts";
import type { Ids } from "@main/platform/ids.ts";
import type { Log } from "@main/platform/log.ts";
import type { Passwords } from "@main/platform/passwords.ts";
import type { Viewer } from "@main/platform/request.ts";
import type { AppContract, Domain } from "@shared/contract/index.ts";
import type { ConnectionReport, ConnectionTest, ServerConfiguration, StoreMode } from "@shared/contract/servers.ts";
import type { Route } from "@shared/define.ts";
import type { z } from "zod";

/** What a caller sends: the input before parsing. */
export type RawInput<R> = R extends Route<infer I, z.ZodType> ? z.input<I> : never;
/** What a caller gets: the output as declared. */
export type RouteOutput<R> = R extends Route<z.ZodType, infer O> ? z.output<O> : never;

/** Calls a route from within, as somebody at some time: the sample clinic is made by the same routes people use. */
export type CallRoute = <D extends Domain, R extends keyof AppContract[D] & string>(
  domain: D,
  route: R,
  input: RawInput<AppContract[D][R]>,
  as: { viewer: Viewer | null; clock: Clock; signal?: AbortSignal; deadlineMs?: number },
) => Promise<RouteOutput<AppContract[D][R]>>;

/** What the setup feature needs of the session feature: everybody is signed out when the clinic goes. */
export interface EndsAllSessions {
  endAll(cause: "revoked"): Promise<void>;
}

/** What the setup feature needs of the system feature: the clinic's servers, tried and joined. */
export interface JoinsServers {
  test(input: z.output<typeof ConnectionTest>, options: { kept: boolean }): Promise<ConnectionReport>;
  /** Keeps where they are, all of it or nothing, and starts anew where this process can. */
  join(input: z.output<typeof ServerConfiguration>): Promise<{ restartRequired: boolean }>;
}

export interface SetupDeps {
  graph: GraphPort;
  documents: DocumentPort;
  blobs: Pick<BlobPort, "clear">;
  passwords: Passwords;
  ids: Ids;
  leases: Leases;
  bus: EventBus;
  log: Log;
  sessions: EndsAllSessions;
  call: CallRoute;
  mode: StoreMode;
  servers: JoinsServers;
  version: string;
  /** Null where this process has no folder of its own. */
  dataFolder: string | null;
  diskFreeBytes(): Promise<number | null>;
}
