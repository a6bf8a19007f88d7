import { mkdirSync, renameSync, statSync } from "node:fs";
import { dirname } from "node:path";
import pino from "pino";
import { AppError } from "../../shared/define.ts";
import type { Log } from "./log.ts";

const KEEP_BYTES = 10_000_000;

/** Keys whose value never reaches the log, at any depth, however a caller came to pass them. Lower case. */
const PERSONAL = new Set(
  (
    "password passwordhash newpassword currentpassword token tokenhash authorization cookie set-cookie secret handle handlehash codehash phrase " +
    "name givenname familyname fullname displayname actorname username phone email address nationalid birthdate sex photo searchkey " +
    "text sections complaint examination plan reason reaction substance note comment value query input body document row params"
  ).split(" "),
);
const REDACTED = "[redacted]";
const MAX_DEPTH = 6;

export interface LogOptions {
  /** Appended to; standard error when left out. The file of a former run is set aside as `<file>.1` above 10 MB. */
  file?: string;
  level: "debug" | "info" | "warn" | "error" | "silent";
}

/** The application's log: one JSON object a line, in which nothing of a patient can appear under a known key. */
export function createLog({ file, level }: LogOptions): Log {
  if (file !== undefined) prepare(file);
  const destination = pino.destination(file === undefined ? { dest: 2, sync: true } : { dest: file, sync: true, mode: 0o600 });
  return logTo(destination, level);
}

/** The same log written to any stream of lines. */
export function logTo(destination: pino.DestinationStream, level: LogOptions["level"]): Log {
  const logger = pino(
    {
      level,
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: (fields) => withoutPersonalData(fields, 0) as Record<string, unknown> },
    },
    destination,
  );
  return {
    info: (fields, message) => logger.info(fields, message),
    warn: (fields, message) => logger.warn(fields, message),
    error: (fields, message, cause) => logger.error(cause === undefined ? fields : { ...fields, cause: describe(cause) }, message),
  };
}

function withoutPersonalData(value: unknown, depth: number): unknown {
  if (value === null || typeof value !== "object") return value;
  if (depth >= MAX_DEPTH) return REDACTED;
  if (Array.isArray(value)) return value.map((item) => withoutPersonalData(item, depth + 1));
  const entries = Object.entries(value).map(([key, item]): [string, unknown] => [
    key,
    PERSONAL.has(key.toLowerCase()) ? REDACTED : withoutPersonalData(item, depth + 1),
  ]);
  return Object.fromEntries(entries);
}

/**
 * The kinds of errors whose message is made by our code or names only code; others (JSON.parse, engines, Node's argument
 * checks, which carry a code) quote their input.
 */
function describe(cause: unknown, depth = 0): Record<string, unknown> {
  if (!(cause instanceof Error)) return { type: typeof cause };
  const ofTheLanguage = (cause instanceof TypeError || cause instanceof ReferenceError) && !("code" in cause);
  const telling = cause instanceof AppError || ofTheLanguage;
  const frames = (cause.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return {
    type: cause.name,
    ...("code" in cause ? { code: String(cause.code) } : {}),
    ...("errcode" in cause ? { errcode: Number(cause.errcode) } : {}),
    ...(telling ? { message: cause.message } : {}),
    stack: frames.map((line) => line.trim()).join("\n"),
    ...(cause.cause !== undefined && depth < 3 ? { cause: describe(cause.cause, depth + 1) } : {}),
  };
}

function prepare(file: string): void {
  // The log may come before the data folder it lies in: what is made here is for the owner alone too.
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > KEEP_BYTES) renameSync(file, `${file}.1`);
}
