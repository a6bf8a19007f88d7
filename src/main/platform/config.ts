import { isIP } from "node:net";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { AppError } from "../../shared/define.ts";
import { defaultDataFolder, defaultKeyFolder } from "./paths.ts";

export const LOG_LEVELS = ["debug", "info", "warn", "error", "silent"] as const;

const wholeNumber = (maximum: number) =>
  z
    .string()
    .regex(/^\d+$/, "must be a whole number")
    .transform(Number)
    .refine((value) => value <= maximum, `must be at most ${maximum}`);

/** One setting: its option on the command line, its variable in the environment, and what it may be. */
const SETTINGS = {
  dataFolder: {
    option: "data",
    variable: "POLYCLINIC_DATA",
    schema: z
      .string()
      .min(1, "must name a folder")
      .transform((folder) => resolve(folder))
      .optional(),
  },
  port: { option: "port", variable: "POLYCLINIC_PORT", schema: wholeNumber(65_535).default(7420) },
  host: {
    option: "host",
    variable: "POLYCLINIC_HOST",
    schema: z
      .string()
      .refine((host) => host === "localhost" || isIP(host) !== 0, "must be an address of this computer")
      .default("127.0.0.1"),
  },
  tlsCertificate: { option: "tls-cert", variable: "POLYCLINIC_TLS_CERT", schema: z.string().min(1, "must name a file").optional() },
  tlsKey: { option: "tls-key", variable: "POLYCLINIC_TLS_KEY", schema: z.string().min(1, "must name a file").optional() },
  names: {
    option: "names",
    variable: "POLYCLINIC_NAMES",
    schema: z
      .string()
      .regex(/^[A-Za-z0-9.:_,-]+$/, "must be host names with commas between them")
      .transform((text) => text.split(",").filter((name) => name !== ""))
      .optional(),
  },
  anchorFile: {
    option: "anchor",
    variable: "POLYCLINIC_ANCHOR",
    schema: z
      .string()
      .min(1, "must name a file")
      .transform((file) => resolve(file))
      .optional(),
  },
  keyFolder: {
    option: "keys",
    variable: "POLYCLINIC_KEYS",
    schema: z
      .string()
      .min(1, "must name a folder")
      .transform((folder) => resolve(folder))
      .optional(),
  },
  rateLimit: { option: "rate-limit", variable: "POLYCLINIC_RATE_LIMIT", schema: z.enum(["on", "off"], "must be on or off").default("on") },
  logLevel: {
    option: "log-level",
    variable: "POLYCLINIC_LOG_LEVEL",
    schema: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(", ")}`).default("info"),
  },
  seed: { option: "seed", variable: "POLYCLINIC_SEED", schema: wholeNumber(0xffff_ffff).optional() },
} as const;

/** What IT may set, from the command line or else the environment or else by default. */
export interface Config {
  dataFolder: string;
  /** 0 takes any free port. */
  port: number;
  /** The address to serve at. One beyond loopback needs `tls`: plain HTTP must not leave the machine. */
  host: string;
  /** Files in PEM of the certificate and its key; HTTPS when given. */
  tls: { certificateFile: string; keyFile: string } | undefined;
  /** Names under which browsers reach the host beside its address (`clinic.example:7420`). */
  names: readonly string[];
  /** Where the audit trail's head is anchored; the stores' own default when left out. */
  anchorFile: string | undefined;
  /** Where the keys of files at rest lie: apart from the data folder, so that a copy of that has none of them. */
  keyFolder: string;
  rateLimit: "on" | "off";
  logLevel: (typeof LOG_LEVELS)[number];
  /** Load the sample clinic into an empty folder. */
  sample: boolean;
  /** Seed number of the sample clinic. */
  seed: number | undefined;
}

/** Reads the configuration. Throws `invalid-input` that names the option or variable at fault and what it may be. */
export function readConfig(args: readonly string[], environment: Readonly<Record<string, string | undefined>>): Config {
  const given = optionsOf(args);
  const read = <K extends keyof typeof SETTINGS>(name: K): z.output<(typeof SETTINGS)[K]["schema"]> => {
    const { option, variable, schema } = SETTINGS[name];
    const fromOption = given[option];
    const value = typeof fromOption === "string" ? fromOption : environment[variable] || undefined;
    const result = schema.safeParse(value);
    if (result.success) return result.data as z.output<(typeof SETTINGS)[K]["schema"]>;
    const source = typeof fromOption === "string" ? `--${option}` : variable;
    throw new AppError("invalid-input", `${source} ${result.error.issues[0]?.message ?? "is not valid"}.`, { field: source });
  };
  const host = read("host");
  const tls = tlsOf(read("tlsCertificate"), read("tlsKey"));
  if (!isLoopback(host) && !tls) {
    const source = typeof given.host === "string" ? "--host" : SETTINGS.host.variable;
    throw new AppError("invalid-input", `${source} must be a loopback address, unless --tls-cert and --tls-key are given.`, {
      field: source,
    });
  }
  return {
    dataFolder: read("dataFolder") ?? defaultDataFolder(),
    port: read("port"),
    host,
    tls,
    names: read("names") ?? [],
    anchorFile: read("anchorFile"),
    keyFolder: read("keyFolder") ?? defaultKeyFolder(),
    rateLimit: read("rateLimit"),
    logLevel: read("logLevel"),
    sample: given.sample === true,
    seed: read("seed"),
  };
}

function tlsOf(certificate: string | undefined, key: string | undefined): Config["tls"] {
  if (!certificate && !key) return undefined;
  if (certificate && key) return { certificateFile: resolve(certificate), keyFile: resolve(key) };
  throw new AppError("invalid-input", "--tls-cert and --tls-key go together.", { field: certificate ? "--tls-key" : "--tls-cert" });
}

function optionsOf(args: readonly string[]): Record<string, string | boolean | undefined> {
  const strings = Object.values(SETTINGS).map(({ option }) => [option, { type: "string" }] as const);
  try {
    return parseArgs({ args: [...args], options: { ...Object.fromEntries(strings), sample: { type: "boolean" } }, strict: true }).values;
  } catch (error) {
    throw new AppError("invalid-input", error instanceof Error ? error.message : "The options cannot be read.", { field: "options" });
  }
}

function isLoopback(host: string): boolean {
  if (host === "localhost" || host === "::1") return true;
  return isIP(host) === 4 && host.startsWith("127.");
}
