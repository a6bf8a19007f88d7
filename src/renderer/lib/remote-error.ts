import { ORPCError } from "@orpc/client";
import { AppError, ERROR_STATUS, type ErrorCode, type ErrorData } from "@shared/define.ts";

/** There is no way to the main process now; nothing was sent. */
export function notConnected(): AppError {
  return new AppError("store-unavailable", "There is no connection to the clinic.");
}

/** The connection was cut while the call was in flight: whether a command took effect is not known. */
export class ConnectionCut extends AppError {
  constructor() {
    super("store-unavailable", "The connection to the clinic was cut.");
  }
}

/** An error as it came over the wire, as the one error type of the application. */
export function fromRemote(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof ORPCError && Object.hasOwn(ERROR_STATUS, error.code)) {
    return new AppError(error.code as ErrorCode, error.message, dataOf(error.data));
  }
  return new ConnectionCut();
}

const TEXTS = ["field", "requestId", "construct"] as const;
const NUMBERS = ["retryAfterMs", "line", "column", "received"] as const;

/** What of an error's data is of the kind it should be. */
export function dataOf(data: unknown): ErrorData {
  if (typeof data !== "object" || data === null) return {};
  const given = data as Record<string, unknown>;
  const texts = TEXTS.filter((name) => typeof given[name] === "string");
  const numbers = NUMBERS.filter((name) => typeof given[name] === "number");
  return Object.fromEntries([...texts, ...numbers].map((name) => [name, given[name]]));
}
