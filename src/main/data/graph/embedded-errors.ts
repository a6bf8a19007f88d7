import { AppError } from "../../../shared/define.ts";
import type { EngineFailure } from "./embedded-protocol.ts";
import { UniqueViolation } from "./port.ts";

/** The engine refused a request; `failure` says why. */
export class EngineRefusal extends Error {
  readonly failure: EngineFailure;
  constructor(failure: EngineFailure) {
    super(failure.kind);
    this.name = "EngineRefusal";
    this.failure = failure;
  }
}

/** Another transaction wrote the same first: the whole of the work runs again. */
export class WriteConflict extends Error {
  constructor() {
    super("another transaction wrote the same first");
    this.name = "WriteConflict";
  }
}

/** The error a caller of the port gets. `subject` names the statement, or what else was asked. */
export function toPortError(error: unknown, subject: string): unknown {
  if (!(error instanceof EngineRefusal)) return error;
  const { failure } = error;
  switch (failure.kind) {
    case "unique":
      return new UniqueViolation(failure.label, failure.property);
    case "conflict":
      return new WriteConflict();
    case "lost":
      return new AppError("store-unavailable", "The transaction was lost");
    case "undeclared-write":
      return new AppError("internal", `${subject} writes, and its text has no line "// writes"`);
    case "statement":
      return new AppError("internal", `${subject} failed: ${failure.detail}`);
    case "snapshot-failed":
      return new AppError("store-unavailable", `The graph could not be copied: ${failure.detail}`);
    case "locked":
      return new AppError("store-unavailable", "The graph is in use by another process");
    case "open-failed": {
      const kept = failure.quarantine === undefined ? "" : `; a copy of it is in ${failure.quarantine}`;
      return new AppError("store-unavailable", `The graph cannot be opened: ${failure.detail}${kept}`);
    }
  }
}
