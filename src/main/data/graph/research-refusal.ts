import type { ResearchFailure } from "./research-protocol.ts";

/** A query is refused for a reason the host has a type for. */
export class ResearchRefusal extends Error {
  readonly failure: ResearchFailure;
  constructor(failure: ResearchFailure) {
    super(failure.kind);
    this.failure = failure;
  }
}
