import type { BlobPort } from "@main/data/blobs/port.ts";
import type { DocumentPort } from "@main/data/documents/port.ts";
import type { GraphPort } from "@main/data/graph/port.ts";
import type { ConfigurationKeeper } from "@main/platform/configuration-keeper.ts";
import type { Ids } from "@main/platform/ids.ts";
import type { SecretStore } from "@main/platform/secrets.ts";
import type { MongoSettings, Neo4jSettings, Workstation } from "@main/platform/server-settings.ts";
import type { ConnectionReport, ConnectionState, ServerConfiguration, StoreMode } from "@shared/contract/servers.ts";
import type { systemContract } from "@shared/contract/system.ts";
import type { Input, Output } from "@shared/define.ts";
import type { z } from "zod";

type Routes = typeof systemContract;

/** Tries a server, step by step; nothing is kept and nothing is written. */
export interface Probes {
  graph(settings: Neo4jSettings): Promise<ConnectionReport>;
  documents(settings: MongoSettings): Promise<ConnectionReport>;
}

/** Whether the stores can be used now. */
export interface Connection {
  state(): ConnectionState;
  /** Tries now instead of at the next turn, and answers with what came of it. */
  retry(): Promise<ConnectionState>;
}

/** What the stores are made of, for the administrator. */
export interface StoreFacts {
  mode: StoreMode;
  features(): readonly { store: "graph" | "documents"; name: string; state: "used" | "fallback"; note: string }[];
  /** The others on the same servers. */
  workstations(): Promise<{ id: string; name: string; version: string; seenAt: string }[]>;
  /** Null where nobody shares the stores. */
  self: Workstation | null;
}

/** What the settings of the stores need. */
export interface StoreSettingsDeps {
  configuration: ConfigurationKeeper;
  probes: Probes;
  /** Starts the application anew once the call in hand is answered; null where this process cannot. */
  restart: (() => void) | null;
}

/** Where the clinic's stores are: shown, tried and kept. */
export interface StoreSettings {
  get(): Promise<Output<Routes["getConfiguration"]>>;
  /** Tries a server. `kept`: a password that is left out may be the one kept for this address. */
  test(input: Input<Routes["testConnection"]>, options: { kept: boolean }): Promise<ConnectionReport>;
  /** Keeps all of it or nothing. Throws `conflict` where something stronger than the file says otherwise. */
  save(input: Input<Routes["setConfiguration"]>): Promise<Output<Routes["setConfiguration"]>>;
  /** The same for a workstation without a clinic, which then starts anew by itself where it can. */
  join(input: z.output<typeof ServerConfiguration>): Promise<Output<Routes["setConfiguration"]>>;
  /** Throws `conflict` where this process cannot. */
  restart(): void;
}

export interface SystemDeps {
  graph: GraphPort;
  documents: DocumentPort;
  blobs: Pick<BlobPort, "health">;
  secrets: Pick<SecretStore, "kind" | "place">;
  facts: StoreFacts;
  connection: Connection;
  settings: StoreSettings;
  ids: Ids;
  version: string;
  /** Null where this process has no folder of its own. */
  dataFolder: string | null;
  diskFreeBytes(): Promise<number | null>;
}
