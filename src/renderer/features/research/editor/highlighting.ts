import { type Extension, RangeSetBuilder, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import type { CypherService } from "./cypher-service.ts";
import type { Token } from "./worker-messages.ts";

const coloured = StateEffect.define<DecorationSet>();
/** Kinds that look like plain text need no mark. */
const PLAIN = new Set(["bracket", "separator", "operator", "punctuation", "variable", "property", "symbolicName", "none"]);
const MARKS = new Map<string, Decoration>();

function mark(kind: string): Decoration {
  const known = MARKS.get(kind) ?? Decoration.mark({ class: `cy-${kind}` });
  MARKS.set(kind, known);
  return known;
}

function decorationsOf(tokens: readonly Token[], length: number): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  let reached = 0;
  for (const { from, to, kind } of tokens) {
    if (PLAIN.has(kind) || from < reached || to > length || from >= to) continue;
    builder.add(from, to, mark(kind));
    reached = to;
  }
  return builder.finish();
}

const colours = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (shown, transaction) => {
    const news = transaction.effects.find((effect) => effect.is(coloured));
    // Until the worker has answered, what was coloured moves along with what is typed.
    return news ? news.value : shown.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** Colours the text by the parser's own tokens, and tells which parameters stand in it. */
export function highlighting(service: CypherService, onParameters: (names: string[], text: string) => void): Extension {
  const painter = ViewPlugin.fromClass(
    class {
      busy = false;
      again = true;
      readonly view: EditorView;
      constructor(view: EditorView) {
        this.view = view;
        void this.paint();
      }
      update(update: ViewUpdate) {
        if (!update.docChanged) return;
        this.again = true;
        void this.paint();
      }
      async paint() {
        if (this.busy) return;
        this.busy = true;
        while (this.again) {
          this.again = false;
          const text = this.view.state.doc.toString();
          const { tokens, parameters } = await service.tokens(text);
          // What was typed meanwhile makes this answer one of another text.
          if (this.view.state.doc.toString() !== text) continue;
          this.view.dispatch({ effects: coloured.of(decorationsOf(tokens, text.length)) });
          onParameters(parameters, text);
        }
        this.busy = false;
      }
    },
  );
  return [colours, painter];
}
