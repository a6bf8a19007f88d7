import { complete, tokenise } from "./cypher-language.ts";
import { serve } from "./serve.ts";

// Colours and completion: small and fast, so that they are there from the first letter.
serve((request, schema) => {
  if (request.kind === "tokens") return { kind: "tokens", id: request.id, ...tokenise(request.text) };
  if (request.kind !== "complete") return null;
  return { kind: "complete", id: request.id, suggestions: complete(request.text, request.caret, request.manual, schema) };
});
