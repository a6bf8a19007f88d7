import { type Diagnostic, setDiagnostics } from "@codemirror/lint";
import type { Extension, Text } from "@codemirror/state";
import { EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import type { CypherService } from "./cypher-service.ts";
import type { Finding } from "./worker-messages.ts";

const PAUSE_MS = 250;

/** What the host refused, at its place in the text that was sent. */
export interface RefusalMark {
  line: number;
  column: number;
  construct?: string;
  words: string;
}

export interface CheckWords {
  /** "This console only reads: CREATE would change something." */
  writes(word: string): string;
}

/** Where in the text a place of line and column lies, both from 1; the whole word that stands there. */
export function rangeAt(doc: Text, mark: Pick<RefusalMark, "line" | "column" | "construct">): { from: number; to: number } {
  const line = doc.line(Math.min(Math.max(mark.line, 1), doc.lines));
  const from = Math.min(line.from + Math.max(mark.column, 1) - 1, line.to);
  const length = /^[\w.]+/.exec(doc.sliceString(from, line.to))?.[0].length ?? 0;
  return { from, to: Math.min(from + Math.max(length, 1), doc.length) };
}

function diagnosticsOf(findings: readonly Finding[], length: number, words: CheckWords): Diagnostic[] {
  return findings.map(({ from, to, severity, message, writes }) => ({
    from: Math.min(from, length),
    to: Math.min(Math.max(to, from), length),
    severity: severity === "hint" ? "hint" : severity,
    message: writes ? words.writes(writes) : message,
  }));
}

/** Checks the text after each pause and underlines what is found; `onFindings` hears it with the text it is of. */
export function checking(service: CypherService, words: CheckWords, onFindings: (findings: Finding[] | null) => void): Extension {
  return ViewPlugin.fromClass(
    class {
      timer: ReturnType<typeof setTimeout> | undefined;
      readonly view: EditorView;
      constructor(view: EditorView) {
        this.view = view;
        this.later();
      }
      update(update: ViewUpdate) {
        if (!update.docChanged) return;
        onFindings(null);
        this.later();
      }
      later() {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => void this.check(), PAUSE_MS);
      }
      async check() {
        const { doc } = this.view.state;
        const findings = await service.lint(doc.toString());
        if (!this.view.state.doc.eq(doc)) return;
        this.view.dispatch(setDiagnostics(this.view.state, diagnosticsOf(findings, doc.length, words)));
        onFindings(findings);
      }
      destroy() {
        clearTimeout(this.timer);
      }
    },
  );
}

/** Shows the host's refusal at its place, and brings the place into sight. */
export function showRefusal(view: EditorView, mark: RefusalMark): void {
  const range = rangeAt(view.state.doc, mark);
  view.dispatch(setDiagnostics(view.state, [{ ...range, severity: "error", message: mark.words }]), {
    effects: EditorView.scrollIntoView(range.from, { y: "nearest" }),
    selection: { anchor: range.from },
  });
}
