import neo4j from "neo4j-driver";
import { TooDeep } from "./research-cells.ts";
import type { ResearchFailure } from "./research-protocol.ts";

const TIMED_OUT = /^Neo\.\w+\.Transaction\.(TransactionTimedOut|LockClientStopped|Terminated)/;
const OUT_OF_MEMORY = /^Neo\.\w+\.General\.\w*(Memory|StackOverFlow)/;
const FORBIDDEN = /^Neo\.ClientError\.(Statement\.AccessMode|Security\.Forbidden|General\.\w*ReadOnly\w*)$/;
/** What the driver says itself has a code of another kind: no connection, or none that is free. */
const AWAY = /^(?!Neo\.)|^Neo\.(TransientError|ClientError\.(Security|Database))\./;

/**
 * Reads an error of the server. Of errors in the text the message is kept, which quotes the statement; of all others only what kind it is,
 * because they may quote what is stored. `before` lines stood before the statement.
 */
export function readNeo4jFailure(error: unknown, before = 0): ResearchFailure {
  if (error instanceof TooDeep || error instanceof RangeError) return { kind: "too-large", memory: false };
  if (!(error instanceof neo4j.Neo4jError)) return { kind: "unavailable" };
  const { code, message } = error;
  if (TIMED_OUT.test(code)) return { kind: "timeout" };
  if (OUT_OF_MEMORY.test(code)) return { kind: "too-large", memory: true };
  if (FORBIDDEN.test(code)) return { kind: "writes" };
  if (AWAY.test(code)) return { kind: "unavailable" };
  if (code === "Neo.ClientError.Statement.ParameterMissing") {
    return { kind: "missing-parameter", detail: `$${/:\s*(\w+)/.exec(message)?.[1] ?? ""}` };
  }
  if (/\.(SyntaxError|SemanticError|ProcedureNotFound)$/.test(code)) return readText(message, before);
  return { kind: "cannot-compute", detail: causeIn(code, message) };
}

function readText(message: string, before: number): ResearchFailure {
  const place = / \(line (\d+), column (\d+) \(offset: \d+\)\)/.exec(message);
  const detail = (message.split("\n")[0] ?? "").replace(/ \(line \d+, column \d+.*$/, "").slice(0, 400);
  if (place === null) return { kind: "syntax", detail };
  return { kind: "syntax", detail, line: Math.max(1, Number(place[1]) - before), column: Number(place[2]) };
}

function causeIn(code: string, message: string): string {
  if (code === "Neo.ClientError.Statement.ArithmeticError") {
    return /by zero/.test(message) ? "division by zero" : "a number is too large";
  }
  return "a value does not fit what is done with it";
}
