import type { Answer, EditorSchema, Finding, Request, Suggestion, Token } from "./worker-messages.ts";

/** The language of the editor, answered by its worker. A call that the worker cannot answer gives nothing. */
export interface CypherService {
  schema(schema: EditorSchema): void;
  tokens(text: string): Promise<{ tokens: Token[]; parameters: string[] }>;
  lint(text: string): Promise<Finding[]>;
  complete(text: string, caret: number, manual: boolean): Promise<Suggestion[]>;
  close(): void;
}

/** Starts the worker; `close` ends it. */
export function startCypherService(): CypherService {
  const worker = new Worker(new URL("./cypher-worker.ts", import.meta.url), { type: "module", name: "cypher" });
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
  const send = (request: Request) => worker.postMessage(request);
  const ask = (make: (id: number) => Request): Promise<Answer> =>
    new Promise((resolve) => {
      last += 1;
      waiting.set(last, resolve);
      send(make(last));
    });
  return {
    schema: (schema) => send({ kind: "schema", schema }),
    tokens: async (text) => {
      const answer = await ask((id) => ({ kind: "tokens", id, text }));
      return answer.kind === "tokens" ? answer : { tokens: [], parameters: [] };
    },
    lint: async (text) => {
      const answer = await ask((id) => ({ kind: "lint", id, text }));
      return answer.kind === "lint" ? answer.findings : [];
    },
    complete: async (text, caret, manual) => {
      const answer = await ask((id) => ({ kind: "complete", id, text, caret, manual }));
      return answer.kind === "complete" ? answer.suggestions : [];
    },
    close: () => {
      worker.terminate();
      waiting.clear();
    },
  };
}
