import {
  MongoAPIError,
  MongoClientClosedError,
  MongoCompatibilityError,
  MongoError,
  MongoNetworkError,
  MongoNetworkTimeoutError,
  MongoNotConnectedError,
  MongoParseError,
  MongoServerError,
  MongoServerSelectionError,
  MongoTopologyClosedError,
  MongoWriteConcernError,
} from "mongodb";
import type { ConnectionCause } from "../../../shared/contract/servers.ts";
import { AppError } from "../../../shared/define.ts";
import { DuplicateDocument } from "./port.ts";

const DUPLICATE = 11000;
const UNAUTHORIZED = 13;
const AUTHENTICATION = new Set([18, 8000, 334]);
const COMMAND_NOT_FOUND = 59;
const TOO_LARGE = new Set([10334, 17419, 17420]);
const DISK_FULL = 14031;
const TIMED_OUT = new Set([50, 64, 262]);
/** The server is going away, is not the primary any more, or has not reached a majority. */
const AWAY = new Set([6, 7, 89, 91, 189, 9001, 10107, 11600, 11602, 13435, 13436]);

const unavailable = (why: string) => new AppError("store-unavailable", `The document store ${why}.`);

/** True when a unique index has refused. */
export const isDuplicate = (error: unknown): error is MongoServerError => error instanceof MongoServerError && error.code === DUPLICATE;

/** The collection and field of a unique index that has refused; the server's own words hold the value, so they go nowhere. */
export function duplicateOf(error: MongoServerError): DuplicateDocument {
  const said = /collection: [^.\s]+\.(\S+) index: (\S+) dup key/.exec(error.message);
  const index = said?.[2] ?? "_id_";
  const field =
    index === "_id_" ? "id" : (Object.keys((error.keyPattern as object | undefined) ?? {})[0] ?? index.replace(/^pc_unique_/, ""));
  return new DuplicateDocument(said?.[1] ?? "documents", field.replace(/^pc_unique_/, ""));
}

/**
 * True when a message did not leave this computer whole, so that the server cannot have acted on it. The driver lets the socket's own error
 * through then, and does not repeat.
 */
export const isUnsent = (error: unknown): boolean =>
  error instanceof Error && !(error instanceof MongoError) && "syscall" in error && error.syscall === "write";

/** True when it is not known whether the server has done what was asked, or when nobody was there to ask. */
export function isBroken(error: unknown): boolean {
  if (isUnsent(error)) return true;
  if (error instanceof MongoNetworkError || error instanceof MongoServerSelectionError) return true;
  return error instanceof MongoServerError && AWAY.has(Number(error.code));
}

/** True when a connection broke, and not when no server was found in the time that the driver takes for it. */
export const isCutOff = (error: unknown): boolean => isBroken(error) && !(error instanceof MongoServerSelectionError);

/** Turns the driver's error into one of ours, without a value, address or password in it; leaves what is ours, and what is a defect, as it is. */
export function mongoError(error: unknown): unknown {
  if (isTooLarge(error)) return new AppError("too-large", "A document is larger than the document store takes (16 MB).");
  if (error instanceof MongoNetworkTimeoutError) return new AppError("timeout", "The document store did not answer in time.");
  if (isUnsent(error)) return unavailable("cannot be reached");
  if (!(error instanceof MongoError)) return error;
  if (error instanceof MongoClientClosedError || error instanceof MongoTopologyClosedError || error instanceof MongoNotConnectedError) {
    return unavailable("is closed");
  }
  if (isDuplicate(error)) return duplicateOf(error);
  if (isBroken(error)) return unavailable("cannot be reached");
  // What waits for a connection waits for the server.
  if (error.name === "MongoWaitQueueTimeoutError") return new AppError("timeout", "The document store is too busy to answer in time.");
  if (error instanceof MongoWriteConcernError) return new AppError("timeout", "The document store has not reached a majority in time.");
  if (error instanceof MongoServerError) return serverError(error);
  if (error instanceof MongoAPIError || error instanceof MongoParseError) return error;
  return unavailable("failed");
}

function serverError(error: MongoServerError): unknown {
  const code = Number(error.code);
  if (TIMED_OUT.has(code)) return new AppError("timeout", "The document store did not answer in time.");
  if (code === DISK_FULL) return new AppError("disk-full", "The document store has no room: its disk is full.");
  if (code === UNAUTHORIZED || AUTHENTICATION.has(code)) return unavailable("does not let us in");
  // The server's words may repeat what a document holds: the code and its name say enough.
  return new Error(`MongoDB refused with ${code} ${String(error.codeName ?? "")}`.trim());
}

function isTooLarge(error: unknown): boolean {
  // The driver writes into a buffer of the server's limit and falls over its edge.
  if (error instanceof RangeError) return "code" in error && error.code === "ERR_OUT_OF_RANGE";
  if (error instanceof MongoServerError) return TOO_LARGE.has(Number(error.code)) || /object.* too large/i.test(error.message);
  return error instanceof MongoError && /is larger than the maximum size/.test(error.message);
}

/** Why a connection could not be made. `encrypted`: TLS was asked for; `named`: a user was given. */
export function causeOfMongo(error: unknown, { encrypted, named }: { encrypted: boolean; named: boolean }): ConnectionCause {
  const chain = [...causes(error)];
  for (const each of chain) {
    const code = codeOf(each);
    if (AUTHENTICATION.has(Number(code))) return "credentials";
    if (Number(code) === COMMAND_NOT_FOUND && /sasl|authenticate/i.test(messageOf(each))) return "credentials";
    if (Number(code) === UNAUTHORIZED) return named ? "rights" : "credentials";
    if (each instanceof MongoCompatibilityError || /wire version/.test(messageOf(each))) return "version";
  }
  if (chain.some(isOfTls) || (encrypted && chain.some(isCutShort))) return "tls";
  if (chain.some((each) => typeof codeOf(each) === "string" && ADDRESS.has(codeOf(each) as string))) return "address";
  if (chain.some(isCutShort)) return encrypted ? "tls" : "address";
  const unreached = chain.some((each) => each instanceof MongoNetworkError || each instanceof MongoServerSelectionError);
  return unreached || chain.some((each) => each instanceof Error && each.name === "MongoParseError") ? "address" : "unknown";
}

/** The system's or OpenSSL's own name of what went wrong, for IT: `ECONNREFUSED`, `CERT_HAS_EXPIRED`; null where there is none. */
export function rootCode(error: unknown): string | null {
  const codes = [...causes(error)].map(codeOf).filter((code): code is string => typeof code === "string" && /^[A-Z][A-Z0-9_]+$/.test(code));
  return codes.at(-1) ?? null;
}

const ADDRESS = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH", "ETIMEDOUT", "ENODATA", "ESERVFAIL"]);

const isOfTls = (error: unknown): boolean =>
  /^(ERR_SSL|ERR_TLS|EPROTO|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_OSSL)/.test(String(codeOf(error) ?? "")) ||
  /certificate|secure TLS connection|CA file/i.test(messageOf(error));

const isCutShort = (error: unknown): boolean => /ECONNRESET|EPIPE/.test(String(codeOf(error))) || /\bclosed$/.test(messageOf(error));

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : "");
const codeOf = (error: unknown): unknown => (error instanceof Error && "code" in error ? error.code : undefined);

function* causes(error: unknown): Generator<unknown> {
  const seen = new Set<unknown>();
  let next = error;
  while (next instanceof Error && !seen.has(next)) {
    seen.add(next);
    yield next;
    if (next instanceof AggregateError) yield* next.errors;
    next = next.cause;
  }
}
