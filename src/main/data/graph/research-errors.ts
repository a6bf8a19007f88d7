import { AppError } from "../../../shared/define.ts";
import type { ResearchFailure } from "./research-protocol.ts";

/** The error a caller of the port gets for what the engine refused. */
export function toResearchError(failure: ResearchFailure): AppError {
  switch (failure.kind) {
    case "syntax":
      return new AppError("syntax", failure.detail, { line: failure.line, column: failure.column });
    case "missing-parameter":
      return new AppError("invalid-input", `The query asks for the parameter ${failure.detail}, which is not given`, {
        field: "parameters",
      });
    case "cannot-compute":
      return new AppError("invalid-input", `The query cannot be computed: ${failure.detail}`, { field: "cypher" });
    case "unsupported":
      return new AppError("unsupported-construct", "The query reaches beyond what research may read", { construct: failure.construct });
    case "writes":
      return new AppError("not-read-only", "The query writes");
    case "too-large":
      return failure.memory ? needsTooMuch() : new AppError("too-large", "A value of the result is nested too deeply");
    case "timeout":
      return new AppError("timeout", "The query took longer than a query may take");
    case "unavailable":
      return new AppError("store-unavailable", "The graph cannot be reached");
    case "not-found":
      return new AppError("not-found", "The node is not in this graph");
  }
}

/** A query is ended for the memory that it takes, here or on the server. */
export function needsTooMuch(): AppError {
  return new AppError("too-large", "The query needs more memory than a query may have");
}
