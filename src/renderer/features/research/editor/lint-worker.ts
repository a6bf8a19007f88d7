import { analyse } from "./cypher-lint.ts";
import { serve } from "./serve.ts";

// Neo4j's semantic analysis is megabytes that take a second to warm up: it stands by itself, so that no colour waits for it.
serve((request, schema) => (request.kind === "lint" ? { kind: "lint", id: request.id, findings: analyse(request.text, schema) } : null));
