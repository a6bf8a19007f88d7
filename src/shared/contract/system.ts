import { z } from "zod";
import { command, query } from "../define.ts";
import { DeviceId } from "../model/ids.ts";
import { DEVICE_ROLES } from "../model/roles.ts";
import { line } from "../model/text.ts";
import { Instant } from "../model/time.ts";

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
      mode: z.enum(["embedded", "servers", "client"]),
      stores: z.object({ graph: z.enum(["up", "down"]), documents: z.enum(["up", "down"]) }),
      engines: z.object({ graph: z.string(), documents: z.string() }),
      dataFolder: z.string().nullable(),
      diskFreeBytes: z.int().nullable(),
      /** Bytes of files as they lie on the disk, and what keeps the key that seals them, where. */
      files: z.object({
        state: z.enum(["up", "down"]),
        bytes: z.int(),
        keptBy: z.enum(["system-key-store", "file"]),
        keyPlace: z.string(),
      }),
      counts: z.record(z.string(), z.int()),
      uptimeSeconds: z.number(),
    }),
  }),
};
