import { z } from "zod";
import { command, query } from "../define.ts";
import { line } from "../model/text.ts";
import { TimeZone } from "../model/time.ts";
import { ConnectionReport, ConnectionTest, ServerConfiguration } from "./servers.ts";
import { NewPassword, Username } from "./session.ts";

export const Currency = z.string().regex(/^[A-Z]{3}$/, "must be an ISO 4217 code");
export const Locale = z.enum(["en", "ar"]);

export const setupContract = {
  getStatus: query({
    summary: "Whether a clinic exists here and whether it is the sample",
    allow: "anyone",
    input: z.object({}),
    output: z.object({
      state: z.enum(["empty", "ready"]),
      sample: z.boolean(),
      version: z.string(),
      dataFolder: z.string().nullable(),
      diskFreeBytes: z.int().nullable(),
      /** `low` below 1 GB; `read-only` below 200 MB: nothing is written until there is room. */
      disk: z.enum(["ok", "low", "read-only"]),
      clinicName: z.string().nullable(),
      /** Only while the sample clinic is loaded. */
      sampleAccounts: z.array(z.object({ username: z.string(), role: z.string(), displayName: z.string() })),
      /** While the sample loads: 0 to 1, else null. */
      progress: z.number().nullable(),
    }),
  }),
  createClinic: command({
    summary: "Create the clinic and its first administrator, once, on an empty folder",
    allow: "anyone",
    perMinute: 10,
    errors: ["already-set-up"],
    input: z.object({
      name: line(120),
      timeZone: TimeZone,
      currency: Currency,
      languages: z.array(Locale).min(1).max(2),
      country: line(80).optional(),
      admin: z.object({ username: Username, displayName: line(120), password: NewPassword }),
    }),
    output: z.object({ clinicId: z.string() }),
  }),
  loadSampleClinic: command({
    summary: "Load the invented clinic from a seed number; again is without effect",
    allow: "anyone",
    perMinute: 10,
    errors: ["already-set-up"],
    input: z.object({
      seed: z
        .int()
        .min(0)
        .max(2 ** 31)
        .optional(),
      patients: z.int().min(10).max(100_000).optional(),
    }),
    output: z.object({
      loaded: z.boolean(),
      departments: z.int(),
      doctors: z.int(),
      patients: z.int(),
      appointments: z.int(),
      durationMs: z.number(),
    }),
  }),
  testServer: command({
    summary: "Before there is a clinic here: try a server that this workstation is to join",
    allow: "anyone",
    perMinute: 10,
    errors: ["already-set-up"],
    input: ConnectionTest,
    output: ConnectionReport,
  }),
  joinServers: command({
    summary: "Before there is a clinic here: use the clinic's servers from the next start on",
    allow: "anyone",
    perMinute: 10,
    errors: ["already-set-up"],
    input: ServerConfiguration,
    output: z.object({ restartRequired: z.boolean() }),
  }),
  removeSampleClinic: command({
    summary: "Remove the sample clinic and everything in it; the folder is empty again",
    allow: ["admin"],
    fresh: true,
    input: z.object({}),
    output: z.object({}),
  }),
};
