import { closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentLess, indentMore } from "@codemirror/commands";
import { bracketMatching } from "@codemirror/language";
import { lintKeymap } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState, type Extension, Prec } from "@codemirror/state";
import {
  crosshairCursor,
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  placeholder,
} from "@codemirror/view";
import { type Ref, useEffect, useImperativeHandle, useRef } from "react";
import { type CheckWords, checking, type RefusalMark, showRefusal } from "./checking.ts";
import { completing, type KindWords } from "./completion.ts";
import { type CypherService, startCypherService } from "./cypher-service.ts";
import styles from "./editor.module.css";
import { highlighting } from "./highlighting.ts";
import { editorTheme } from "./theme.ts";
import type { EditorSchema, Finding } from "./worker-messages.ts";

/** What the screen may do with the editor. */
export interface EditorHandle {
  focus(): void;
  /** Puts the words at the caret, or in place of what is selected. */
  insert(words: string): void;
}

export interface EditorWords extends CheckWords {
  label: string;
  placeholder: string;
  kinds: KindWords;
  /** CodeMirror's own phrases by their English. */
  phrases: Record<string, string>;
}

interface CypherEditorProps {
  ref?: Ref<EditorHandle>;
  text: string;
  schema: EditorSchema | null;
  refusal: RefusalMark | null;
  words: EditorWords;
  /** The element that says which keys there are. */
  describedBy: string;
  onChange(text: string): void;
  onParameters(names: string[]): void;
  /** Null while the text is being checked. */
  onFindings(findings: Finding[] | null): void;
  onCaret(line: number, column: number): void;
}

// Running is a key of the whole screen, which hears the same press; here it only must not break the line.
const silentRun = Prec.highest(keymap.of([{ key: "Mod-Enter", run: () => true }]));
// Tab stays free to move on, so that the keyboard is never caught in the editor.
const keys = keymap.of([
  { key: "Mod-]", run: indentMore },
  { key: "Mod-[", run: indentLess },
  ...closeBracketsKeymap,
  ...defaultKeymap,
  ...searchKeymap,
  ...historyKeymap,
  ...completionKeymap,
  ...lintKeymap,
]);
const cypherFacts = EditorState.languageData.of(() => [
  { commentTokens: { line: "//", block: { open: "/*", close: "*/" } }, closeBrackets: { brackets: ["(", "[", "{", "'", '"', "`"] } },
]);

function baseExtensions(words: EditorWords, describedBy: string): Extension {
  return [
    silentRun,
    lineNumbers(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    history(),
    drawSelection(),
    EditorState.allowMultipleSelections.of(true),
    crosshairCursor(),
    bracketMatching(),
    closeBrackets(),
    search({ top: false }),
    highlightSelectionMatches({ minSelectionLength: 3 }),
    EditorView.lineWrapping,
    cypherFacts,
    placeholder(words.placeholder),
    EditorState.phrases.of(words.phrases),
    EditorView.contentAttributes.of({ "aria-label": words.label, "aria-describedby": describedBy, spellcheck: "false", dir: "ltr" }),
    editorTheme,
    keys,
  ];
}

/** A Cypher editor: colours, completion and checks come from a worker that knows the live schema. */
export function CypherEditor({ ref, ...props }: CypherEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const service = useRef<CypherService | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const { text, schema, refusal, words, describedBy } = props;

  // Made anew for another language of the screen only: its words are parts of the editor.
  useEffect(() => {
    if (!host.current) return;
    const language = startCypherService();
    const editor = new EditorView({
      parent: host.current,
      doc: latest.current.text,
      extensions: [
        baseExtensions(words, describedBy),
        completing(language, words.kinds),
        highlighting(language, (names) => latest.current.onParameters(names)),
        checking(language, words, (findings) => latest.current.onFindings(findings)),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) latest.current.onChange(update.state.doc.toString());
          if (!update.docChanged && !update.selectionSet) return;
          const { head } = update.state.selection.main;
          const line = update.state.doc.lineAt(head);
          latest.current.onCaret(line.number, head - line.from + 1);
        }),
      ],
    });
    service.current = language;
    view.current = editor;
    if (latest.current.schema) language.schema(latest.current.schema);
    return () => {
      editor.destroy();
      language.close();
      view.current = null;
      service.current = null;
    };
  }, [words, describedBy]);

  useEffect(() => {
    if (schema) service.current?.schema(schema);
  }, [schema]);

  // A query that is loaded takes the place of the text as one step, which undo takes back.
  useEffect(() => {
    const editor = view.current;
    if (!editor || editor.state.doc.toString() === text) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text }, selection: { anchor: 0 }, scrollIntoView: true });
  }, [text]);

  useEffect(() => {
    if (refusal && view.current) showRefusal(view.current, refusal);
  }, [refusal]);

  useImperativeHandle(
    ref,
    () => ({
      focus: () => view.current?.focus(),
      insert: (inserted) => {
        const editor = view.current;
        if (!editor) return;
        editor.dispatch(editor.state.replaceSelection(inserted), { scrollIntoView: true });
        editor.focus();
      },
    }),
    [],
  );
  return <div ref={host} className={styles.editor} dir="ltr" />;
}
