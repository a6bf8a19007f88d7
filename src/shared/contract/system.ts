import { z } from "zod";
import { command, query } from "../define.ts";
import { DeviceId } from "../model/ids.ts";
import { DEVICE_ROLES } from "../model/roles.ts";
import { line } from "../model/text.ts";
import { Instant } from "../model/time.ts";
import {
  Configuration,
  ConnectionReport,
  ConnectionState,
  ConnectionTest,
  MongoConfiguration,
  Neo4jConfiguration,
  StoreMode,
} from "./servers.ts";

export const systemContract = {
  pairDevice: command({
    summary: "An admin makes a pairing code for a kiosk or board, good for 10 minutes, once",
    allow: ["admin"],
    fresh: true,
    input: z.object({ name: line(80), role: z.enum(DEVICE_ROLES) }),
    output: z.object({ deviceId: DeviceId, code: z.string(), expiresAt: Instant }),
  }),
  claimDevice: command({
    summary: "The device turns its pairing code into its token",
    allow: "anyone",
    perMinute: 10,
    errors: ["invalid-code"],
    input: z.object({ code: z.string().max(20) }),
    output: z.object({ token: z.string(), deviceId: DeviceId, name: z.string(), role: z.enum(DEVICE_ROLES) }),
  }),
  listDevices: query({
    summary: "Paired and waiting devices",
    allow: ["admin"],
    input: z.object({}),
    output: z.object({
      items: z.array(
        z.object({
          id: DeviceId,
          name: z.string(),
          role: z.enum(DEVICE_ROLES),
          status: z.enum(["waiting", "paired", "revoked"]),
          createdAt: Instant,
          pairedAt: Instant.nullable(),
          lastSeenAt: Instant.nullable(),
        }),
      ),
    }),
  }),
  revokeDevice: command({
    summary: "Revoke a device at once",
    allow: ["admin"],
    fresh: true,
    input: z.object({ deviceId: DeviceId }),
    output: z.object({}),
  }),
  getHealth: query({
    summary: "The stores' state, sizes and versions",
    allow: ["admin"],
    input: z.object({}),
    output: z.object({
      status: z.enum(["ok", "degraded"]),
      version: z.string(),
      mode: StoreMode,
      stores: z.object({ graph: z.enum(["up", "down"]), documents: z.enum(["up", "down"]) }),
      engines: z.object({ graph: z.string(), documents: z.string() }),
      dataFolder: z.string().nullable(),
      diskFreeBytes: z.int().nullable(),
      /** Bytes of files as they lie on the disk, and what keeps the key that seals them, where. */
      files: z.object({
        state: z.enum(["up", "down"]),
        bytes: z.int(),
        keptBy: z.enum(["system-key-store", "file", "documents"]),
        keyPlace: z.string(),
      }),
      counts: z.record(z.string(), z.int()),
      uptimeSeconds: z.number(),
      /** What is used of the servers, and what is done without; empty on embedded stores. */
      features: z.array(
        z.object({
          store: z.enum(["graph", "documents"]),
          name: z.string(),
          state: z.enum(["used", "fallback"]),
          note: z.string(),
        }),
      ),
      /** The workstations on these servers, this one among them; empty on embedded stores. */
      workstations: z.array(z.object({ id: z.string(), name: z.string(), version: z.string(), seenAt: Instant, self: z.boolean() })),
    }),
  }),
  getConnection: query({
    summary: "Whether the stores can be used, and if not, why: also while they cannot",
    allow: "anyone",
    input: z.object({}),
    output: ConnectionState,
  }),
  retryConnection: query({
    summary: "Try the servers now instead of waiting for the next try",
    allow: "anyone",
    perMinute: 30,
    input: z.object({}),
    output: ConnectionState,
  }),
  getConfiguration: query({
    summary: "Where the clinic's stores are and who said so; never a password",
    allow: ["admin"],
    input: z.object({}),
    output: z.object({
      mode: StoreMode,
      neo4j: Neo4jConfiguration.omit({ password: true }).nullable(),
      mongodb: MongoConfiguration.omit({ password: true }).nullable(),
      url: z.string().nullable(),
      passwords: z.object({ neo4j: z.boolean(), mongodb: z.boolean() }),
      /** All but `default` and `file` are IT's: the screen shows them and changes nothing. */
      source: z.enum(["default", "file", "env-file", "environment", "command-line"]),
      /** The file that the screen writes. */
      file: z.string().nullable(),
      keptBy: z.enum(["system-key-store", "file"]),
      /** What was saved takes effect at the next start. */
      restartRequired: z.boolean(),
    }),
  }),
  testConnection: command({
    summary: "Try a server with these settings: which of address, TLS, credentials, version and rights is wrong",
    allow: ["admin"],
    perMinute: 20,
    input: ConnectionTest,
    output: ConnectionReport,
  }),
  setConfiguration: command({
    summary: "Keep where the clinic's stores are, from the next start on; passwords go to the key store",
    allow: ["admin"],
    fresh: true,
    perMinute: 20,
    input: Configuration,
    output: z.object({ restartRequired: z.boolean() }),
  }),
  restart: command({
    summary: "Start the application anew with what was saved: everybody is back within seconds",
    allow: ["admin"],
    fresh: true,
    perMinute: 10,
    input: z.object({}),
    output: z.object({}),
  }),
};
