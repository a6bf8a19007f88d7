import type { Answer, EditorSchema, Finding, Request, Suggestion, Token } from "./worker-messages.ts";

/** The language of the editor, answered by its workers. A call that the worker cannot answer gives nothing. */
export interface CypherService {
  schema(schema: EditorSchema): void;
  tokens(text: string): Promise<{ tokens: Token[]; parameters: string[] }>;
  lint(text: string): Promise<Finding[]>;
  complete(text: string, caret: number, manual: boolean): Promise<Suggestion[]>;
  close(): void;
}

/** One worker and the questions it has not answered yet. */
function helper(worker: Worker) {
  const waiting = new Map<number, (answer: Answer) => void>();
  let last = 0;
  worker.addEventListener("message", ({ data }: MessageEvent<Answer>) => {
    waiting.get(data.id)?.(data);
    waiting.delete(data.id);
  });
  // A worker that cannot start leaves a plain editor: the host still checks every statement.
  worker.addEventListener("error", () => {
    for (const [id, tell] of waiting) tell({ kind: "failed", id });
    waiting.clear();
  });
  return {
    tell: (request: Request) => worker.postMessage(request),
    ask: (make: (id: number) => Request): Promise<Answer> =>
      new Promise((resolve) => {
        last += 1;
        waiting.set(last, resolve);
        worker.postMessage(make(last));
      }),
    close: () => {
      worker.terminate();
      waiting.clear();
    },
  };
}

/** Starts the workers; `close` ends them. */
export function startCypherService(): CypherService {
  const quick = helper(new Worker(new URL("./cypher-worker.ts", import.meta.url), { type: "module", name: "cypher" }));
  const thorough = helper(new Worker(new URL("./lint-worker.ts", import.meta.url), { type: "module", name: "cypher-lint" }));
  return {
    schema: (schema) => {
      quick.tell({ kind: "schema", schema });
      thorough.tell({ kind: "schema", schema });
    },
    tokens: async (text) => {
      const answer = await quick.ask((id) => ({ kind: "tokens", id, text }));
      return answer.kind === "tokens" ? answer : { tokens: [], parameters: [] };
    },
    lint: async (text) => {
      const answer = await thorough.ask((id) => ({ kind: "lint", id, text }));
      return answer.kind === "lint" ? answer.findings : [];
    },
    complete: async (text, caret, manual) => {
      const answer = await quick.ask((id) => ({ kind: "complete", id, text, caret, manual }));
      return answer.kind === "complete" ? answer.suggestions : [];
    },
    close: () => {
      quick.close();
      thorough.close();
    },
  };
}
