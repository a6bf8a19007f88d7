import neo4j from "neo4j-driver";
import type { ConnectionCause } from "../../../shared/contract/servers.ts";
import { AppError } from "../../../shared/define.ts";
import { UniqueViolation } from "./port.ts";

/** What the server says when a uniqueness constraint refuses a write. The value stands after it and is not read. */
const UNIQUE = /^Node\(\d+\) already exists with label `((?:[^`]|``)+)` and propert(?:y|ies) `((?:[^`]|``)+)`/;
const REFUSED_SIGN_IN = /^Neo\.ClientError\.Security\.(Unauthorized|Authentication|Credentials|Token|AuthProvider)/;
const NO_RIGHT = /^Neo\.ClientError\.(Security\.Forbidden|General\.(ForbiddenOnReadOnlyDatabase|WriteOnReadOnlyAccessDatabase)|Database\.)/;
const TIMED_OUT = /^Neo\.(ClientError|TransientError)\.Transaction\.(TransactionTimedOut|LockClientStopped|Terminated)/;
const OUT_OF_MEMORY = /^Neo\.TransientError\.General\.\w*(Memory|StackOverFlow)/;
/** Texts of these kinds quote the statement. Others may quote what is stored. */
const ABOUT_THE_TEXT = /^Neo\.ClientError\.Statement\.(SyntaxError|SemanticError|ParameterMissing|AccessMode)$/;
const NO_FREE_CONNECTION = "Connection acquisition timed out";

const codeOf = (error: unknown): string => (error instanceof neo4j.Neo4jError ? error.code : "");

/**
 * The error a caller of the port gets for what the driver threw: UniqueViolation, or AppError `store-unavailable`, `timeout`, `too-large` or
 * `internal`. `subject` names the statement; nothing that was stored or given is quoted. What is none of the driver's errors stays as it is.
 */
export function neo4jError(error: unknown, subject: string): unknown {
  if (!(error instanceof neo4j.Neo4jError)) return error;
  const { code, message } = error;
  if (code === "Neo.ClientError.Schema.ConstraintValidationFailed") {
    const [, label, property] = UNIQUE.exec(message) ?? [];
    if (label !== undefined && property !== undefined) return new UniqueViolation(plainName(label), plainName(property));
  }
  if (isConnectionError(error)) return new AppError("store-unavailable", "The graph's server cannot be reached");
  if (TIMED_OUT.test(code) || message.startsWith(NO_FREE_CONNECTION)) return new AppError("timeout", "The graph did not answer in time");
  if (OUT_OF_MEMORY.test(code)) return new AppError("too-large", `${subject} needs more memory than the graph's server gives`);
  if (code.startsWith("Neo.TransientError.")) return new AppError("conflict", "The same data is being changed by too many at once");
  if (NO_RIGHT.test(code)) return new AppError("store-unavailable", `The graph's server forbids ${subject}`);
  return new AppError("internal", `${subject} failed: ${ABOUT_THE_TEXT.test(code) ? message.slice(0, 400) : code}`);
}

/** Whether the transaction may succeed when it is run once more: a deadlock, a lost connection, a change of the cluster's leader. */
export function isPassing(error: unknown): boolean {
  if (isConnectionError(error)) return !REFUSED_SIGN_IN.test(codeOf(error));
  return neo4j.isRetryableError(error) && !OUT_OF_MEMORY.test(codeOf(error)) && !TIMED_OUT.test(codeOf(error));
}

/**
 * Whether another workstation is making the same index or constraint, or one that was cut off is not taken away yet: `IF NOT EXISTS` sees neither.
 * It is there only when the same statement says so without an error.
 */
export const isSchemaRace = (error: unknown): boolean => /^Neo\.ClientError\.Schema\.\w+AlreadyExists$/.test(codeOf(error));

/** Whether the server could not be reached, was lost, or no longer takes our name and password. */
export function isConnectionError(error: unknown): boolean {
  const code = codeOf(error);
  const gone = /^Neo\.(TransientError\.General\.DatabaseUnavailable|ClientError\.Database\.DatabaseNotFound)$/;
  // A connection that breaks in the middle of a message is an error of the protocol.
  const broken: readonly string[] = [neo4j.error.SERVICE_UNAVAILABLE, neo4j.error.SESSION_EXPIRED, neo4j.error.PROTOCOL_ERROR];
  return broken.includes(code) || gone.test(code) || REFUSED_SIGN_IN.test(code);
}

/** Why a server cannot be used, as far as its error tells: `probeNeo4j` looks more closely. */
export function causeOfNeo4j(error: unknown): ConnectionCause {
  const code = codeOf(error);
  if (REFUSED_SIGN_IN.test(code)) return "credentials";
  if (NO_RIGHT.test(code)) return "rights";
  const said = saidBy(error);
  if (/certificate|ssl|tls|EPROTO|wrong version number/i.test(said)) return "tls";
  if (/protocol version|server with unsupported/i.test(said)) return "version";
  if (code === neo4j.error.SERVICE_UNAVAILABLE || code === neo4j.error.SESSION_EXPIRED || /responded HTTP/.test(said)) return "address";
  if (said.startsWith(NO_FREE_CONNECTION)) return "address";
  return "unknown";
}

/** The texts of an error and of what caused it. */
function saidBy(error: unknown): string {
  const texts: string[] = [];
  for (let at = error, depth = 0; at instanceof Error && depth < 6; at = at.cause, depth += 1) {
    texts.push(at.message, "code" in at ? String(at.code) : "");
  }
  return texts.join("\n");
}

const plainName = (quoted: string) => quoted.replaceAll("``", "`");
