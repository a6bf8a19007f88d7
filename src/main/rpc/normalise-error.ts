import { ORPCError } from "@orpc/server";
import { AppError, ERROR_STATUS, type ErrorCode } from "@shared/define.ts";
import { ZodError } from "zod";
import { invalidInput } from "./parse.ts";

/** The library's own codes, as they come up before a route's life begins. */
const LIBRARY_CODES: Readonly<Record<string, ErrorCode>> = {
  BAD_REQUEST: "invalid-input",
  UNPROCESSABLE_CONTENT: "invalid-input",
  UNSUPPORTED_MEDIA_TYPE: "invalid-input",
  UNAUTHORIZED: "unauthenticated",
  FORBIDDEN: "forbidden",
  NOT_FOUND: "not-found",
  METHOD_NOT_SUPPORTED: "not-found",
  CONFLICT: "conflict",
  PAYLOAD_TOO_LARGE: "too-large",
  TOO_MANY_REQUESTS: "rate-limited",
  SERVICE_UNAVAILABLE: "store-unavailable",
  TIMEOUT: "timeout",
  GATEWAY_TIMEOUT: "timeout",
};

/**
 * Turns whatever was thrown into an AppError that carries the request's id. The unknown becomes `internal` and tells the
 * caller nothing but that id.
 */
export function normaliseError(error: unknown, requestId: string): AppError {
  if (error instanceof AppError) return withId(error, requestId);
  if (error instanceof ZodError) return withId(invalidInput(error.issues), requestId);
  if (error instanceof ORPCError) return withId(fromLibrary(error), requestId);
  return new AppError("internal", "Something went wrong. The reference number finds it in the log.", { requestId });
}

function withId(error: AppError, requestId: string): AppError {
  const known = new AppError(error.code, error.message, { ...error.data, requestId });
  // Where it was thrown, not where it was passed on.
  known.stack = error.stack;
  return known;
}

function fromLibrary(error: ORPCError<string, unknown>): AppError {
  const code = LIBRARY_CODES[error.code];
  return code ? new AppError(code, "The request could not be read.") : new AppError("internal", "Something went wrong.");
}

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERROR_STATUS, code);
}

/** An error as every transport sends it. */
export interface WireError {
  code: ErrorCode;
  message: string;
  data: AppError["data"];
}

export function toWire(error: AppError): WireError {
  return { code: error.code, message: error.message, data: error.data };
}

/** The same error in the RPC library's envelope. */
export function toEnvelope(error: AppError): ORPCError<ErrorCode, AppError["data"]> {
  return new ORPCError(error.code, { status: error.status, message: error.message, data: error.data, defined: true });
}
