import type { Answer, EditorSchema, Request } from "./worker-messages.ts";

type Question = Exclude<Request, { kind: "schema" }>;

/** Answers the page's questions inside of a worker; one that fails, or is not for this worker, gets an empty answer. */
export function serve(answer: (question: Question, schema: EditorSchema) => Answer | null): void {
  let schema: EditorSchema = { labels: [], relationshipTypes: [], propertyKeys: [], functions: [], procedures: [], paths: [] };
  self.addEventListener("message", ({ data }: MessageEvent<Request>) => {
    if (data.kind === "schema") {
      schema = data.schema;
      return;
    }
    self.postMessage(attempt(() => answer(data, schema)) ?? { kind: "failed", id: data.id });
  });
}

function attempt(make: () => Answer | null): Answer | null {
  try {
    return make();
  } catch {
    return null;
  }
}
