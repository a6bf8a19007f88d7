import { Button, IconButton, Num } from "@renderer/ui/index.ts";
import { IconCheck, IconFilePlus, IconLoader, IconPlayerPlay, IconPlayerStop, IconX } from "@tabler/icons-react";
import { type Ref, useEffect, useId, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useShallow } from "zustand/react/shallow";
import { differsFromSaved, useConsole } from "./console-store.ts";
import type { RefusalMark } from "./editor/checking.ts";
import { CypherEditor, type EditorHandle, type EditorWords } from "./editor/cypher-editor.tsx";
import type { EditorSchema, Finding } from "./editor/worker-messages.ts";
import { readParameters } from "./parameters/parameter-values.ts";
import { RefusalBand } from "./refusal-band.tsx";
import styles from "./research.module.css";
import { useRefusalWords } from "./use-refusal-words.ts";
import { runText, stopRun } from "./use-run.ts";

interface QueryPaneProps {
  ref: Ref<EditorHandle>;
  schema: EditorSchema | null;
  onNew(): void;
}

/** The editor with what it is of, whether it would run, and the button that runs it. */
export function QueryPane({ ref, schema, onNew }: QueryPaneProps) {
  const { t } = useTranslation("research");
  const text = useConsole((state) => state.text);
  const write = useConsole((state) => state.write);
  const words = useEditorWords();
  const keysId = useId();
  const refusal = useRefusalMark();
  return (
    <section className={styles.query} aria-label={t("query.title")}>
      <div className={styles.queryHead}>
        <QueryName />
        {text !== "" && <IconButton label={t("query.new")} icon={<IconFilePlus size={16} />} onClick={onNew} />}
        <span className={styles.queryActions}>
          <ParseState />
          <RunButton />
        </span>
      </div>
      <div className={styles.editor}>
        <CypherEditor
          ref={ref}
          text={text}
          schema={schema}
          refusal={refusal}
          words={words}
          describedBy={keysId}
          onChange={write}
          onParameters={setNames}
          onFindings={(findings) => useConsole.setState({ findings })}
          onCaret={(line, column) => useConsole.setState({ caret: { line, column } })}
        />
      </div>
      <p id={keysId} className="visually-hidden">
        {t("editor.keys")}
      </p>
      <RefusalBand />
    </section>
  );
}

function setNames(names: string[]): void {
  if (names.join() !== useConsole.getState().names.join()) useConsole.setState({ names });
}

function useEditorWords(): EditorWords {
  const { t } = useTranslation("research");
  return useMemo(
    () => ({
      label: t("editor.label"),
      placeholder: t("editor.placeholder"),
      writes: (word) => t("editor.writes", { word }),
      kinds: {
        label: t("editor.kinds.label"),
        property: t("editor.kinds.property"),
        function: t("editor.kinds.function"),
        parameter: t("editor.kinds.parameter"),
        variable: t("editor.kinds.variable"),
        keyword: t("editor.kinds.keyword"),
        path: t("editor.kinds.path"),
      },
      phrases: {
        Find: t("editor.find"),
        Replace: t("editor.replaceWith"),
        next: t("editor.next"),
        previous: t("editor.previous"),
        all: t("editor.all"),
        "match case": t("editor.matchCase"),
        "by word": t("editor.byWord"),
        regexp: t("editor.regexp"),
        replace: t("editor.replace"),
        "replace all": t("editor.replaceAll"),
        close: t("editor.close"),
      },
    }),
    [t],
  );
}

/** Where the host's refusal lies, as long as the text is still the one that was sent. */
function useRefusalMark(): RefusalMark | null {
  const refused = useConsole((state) => state.refused);
  const wordsOf = useRefusalWords();
  return useMemo(() => {
    const { line, column, construct } = refused?.error.data ?? {};
    if (!refused || line === undefined || column === undefined) return null;
    return { line, column, construct, words: wordsOf(refused.error).title };
  }, [refused, wordsOf]);
}

function QueryName() {
  const { t } = useTranslation("research");
  const { text, values, names, saved } = useConsole(useShallow(({ text, values, names, saved }) => ({ text, values, names, saved })));
  if (!saved) return <h2 className={styles.queryTitle}>{t("query.unnamed")}</h2>;
  const changed = differsFromSaved({ text, saved }, readParameters(names, values, text).parameters);
  return (
    <>
      <h2 className={styles.queryTitle}>
        <bdi>{saved.name}</bdi>
      </h2>
      <span className={styles.tag}>{changed ? t("query.changed") : t("query.saved")}</span>
    </>
  );
}

const firstError = (findings: readonly Finding[]) => findings.find(({ severity }) => severity === "error");

/** What the parser says of the text, in a word. */
function ParseState() {
  const { t } = useTranslation("research");
  const { text, findings } = useConsole(useShallow(({ text, findings }) => ({ text, findings })));
  if (text.trim() === "") return null;
  if (findings === null)
    return (
      <span className={styles.parse}>
        <IconLoader size={16} aria-hidden="true" />
        {t("parse.checking")}
      </span>
    );
  const fault = firstError(findings);
  if (!fault)
    return (
      <span className={styles.parse}>
        <IconCheck size={16} aria-hidden="true" />
        {t("parse.readsOnly")}
      </span>
    );
  const line = text.slice(0, fault.from).split("\n").length;
  return (
    <span className={styles.parse} data-fault="" title={fault.message || undefined}>
      <IconX size={16} aria-hidden="true" />
      {fault.writes ? t("parse.writes", { word: fault.writes }) : t("parse.fault", { line })}
    </span>
  );
}

function RunButton() {
  const { t } = useTranslation("research");
  const { text, names, values, running } = useConsole(useShallow(({ text, names, values, running }) => ({ text, names, values, running })));
  if (running)
    return (
      <Button icon={<IconPlayerStop size={16} aria-hidden="true" />} keys="Esc" disabled={running.stopping} onClick={() => void stopRun()}>
        {running.stopping ? t("run.stopping") : t("run.stop")} <Elapsed since={running.since} />
      </Button>
    );
  const missing = Object.keys(readParameters(names, values, text).faults);
  if (text.trim() !== "" && missing[0] !== undefined)
    return (
      <Button variant="primary" disabled>
        {t("run.missing", { name: `$${missing[0]}` })}
      </Button>
    );
  return (
    <Button
      variant="primary"
      keys="Ctrl ↵"
      icon={<IconPlayerPlay size={16} className="flip" aria-hidden="true" />}
      disabled={text.trim() === ""}
      onClick={() => runText()}
    >
      {text.trim() === "" ? t("run.nothing") : t("run.run")}
    </Button>
  );
}

const TICK_MS = 100;

function Elapsed({ since }: { since: number }) {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return <Num className={styles.elapsed}>{`${(Math.max(0, now - since) / 1000).toFixed(1)} s`}</Num>;
}
