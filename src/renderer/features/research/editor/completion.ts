import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  snippetCompletion,
} from "@codemirror/autocomplete";
import type { Extension } from "@codemirror/state";
import type { CypherService } from "./cypher-service.ts";
import type { Suggestion } from "./worker-messages.ts";

/** Names of what is suggested, in the screen's language. */
export type KindWords = Record<Suggestion["kind"], string>;

// The schema's own names come before the words of the language.
const BOOST: Record<Suggestion["kind"], number> = { label: 3, property: 3, path: 1, parameter: 2, variable: 2, function: 0, keyword: 0 };
const WORD = /[\w$]*$/;

function completion({ label, insert, kind, detail }: Suggestion, words: KindWords): Completion {
  const shown: Completion = { label, detail: detail ?? words[kind], type: kind, boost: BOOST[kind] };
  if (kind === "path") return snippetCompletion(insert, shown);
  if (kind !== "function") return { ...shown, apply: insert };
  return { ...shown, detail: words.function, apply: insert };
}

/** Completion from the live schema: while typing, and on Ctrl+Space. */
export function completing(service: CypherService, words: KindWords): Extension {
  const source = async (context: CompletionContext): Promise<CompletionResult | null> => {
    const before = context.matchBefore(WORD)?.text ?? "";
    const mark = context.state.sliceDoc(Math.max(0, context.pos - before.length - 1), context.pos - before.length);
    if (!context.explicit && before === "" && ![":", "."].includes(mark)) return null;
    const suggestions = await service.complete(context.state.doc.toString(), context.pos, context.explicit);
    if (context.aborted || suggestions.length === 0) return null;
    // After the dollar sign only the name is inserted, so the sign stays.
    const dollar = before.startsWith("$") && suggestions.every(({ label }) => !label.startsWith("$")) ? 1 : 0;
    return {
      from: context.pos - before.length + dollar,
      options: suggestions.map((found) => completion(found, words)),
      validFor: /^\w*$/,
    };
  };
  return autocompletion({ override: [source], activateOnTyping: true, icons: false, maxRenderedOptions: 60 });
}
