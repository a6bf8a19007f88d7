import { analyse, complete, tokenise } from "./cypher-language.ts";
import type { Answer, EditorSchema, Request } from "./worker-messages.ts";

// The parser takes tens of milliseconds on a long text: it stands beside the page, never in its way.
let schema: EditorSchema = { labels: [], relationshipTypes: [], propertyKeys: [], functions: [], procedures: [], paths: [] };

function answerOf(request: Exclude<Request, { kind: "schema" }>): Answer {
  const { id, text } = request;
  try {
    switch (request.kind) {
      case "tokens":
        return { kind: "tokens", id, ...tokenise(text) };
      case "lint":
        return { kind: "lint", id, findings: analyse(text, schema) };
      case "complete":
        return { kind: "complete", id, suggestions: complete(text, request.caret, request.manual, schema) };
    }
  } catch {
    return { kind: "failed", id };
  }
}

self.addEventListener("message", ({ data }: MessageEvent<Request>) => {
  if (data.kind === "schema") schema = data.schema;
  else self.postMessage(answerOf(data));
});
