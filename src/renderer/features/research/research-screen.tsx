import { useHotkeys } from "@renderer/lib/hotkeys.ts";
import { useUnsavedGuard } from "@renderer/lib/unsaved.ts";
import { ConfirmDialog } from "@renderer/ui/index.ts";
import { useCallback, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { isUnsaved, useConsole } from "./console-store.ts";
import { Divider } from "./divider.tsx";
import type { EditorHandle } from "./editor/cypher-editor.tsx";
import { HeadLine } from "./head-line.tsx";
import { ParametersPane } from "./parameters/parameters-pane.tsx";
import { QueryPane } from "./query-pane.tsx";
import styles from "./research.module.css";
import { ResultsPane } from "./results/results-pane.tsx";
import { SchemaPane } from "./schema-pane.tsx";
import { DifferencesPanel } from "./side/differences-panel.tsx";
import { RowPanel } from "./side/row-panel.tsx";
import { SaveDialog } from "./side/save-dialog.tsx";
import side from "./side/side.module.css";
import { SidePane } from "./side/side-pane.tsx";
import { StatusLine } from "./status-line.tsx";
import { type SideTab, VIEWS, type View } from "./types.ts";
import { useLoad } from "./use-load.ts";
import { runText, stopRun } from "./use-run.ts";
import { useSchema } from "./use-schema.ts";

/** The research console: ask the clinic's graph, see the answer as picture and table, keep what was asked. */
export function Screen() {
  const { t } = useTranslation("research");
  const reading = useSchema();
  const editor = useRef<EditorHandle>(null);
  const [share, setShare] = useState(36);
  const [tab, setTab] = useState<SideTab | null>(null);
  const [panel, setPanel] = useState<"differences" | "row" | null>(null);
  const [saving, setSaving] = useState(false);
  const hasText = useConsole((state) => state.text.trim() !== "");
  const toEditor = useCallback(() => editor.current?.focus(), []);
  const { load, asked, confirm, dismiss } = useLoad(toEditor);
  useUnsavedGuard(useConsole(isUnsaved), t("query.unsaved"));
  useConsoleKeys(() => hasText && setSaving(true));

  return (
    <div className={styles.console}>
      <HeadLine
        schema={reading.schema}
        refreshing={reading.refresh.isPending}
        differences={panel === "differences"}
        canSave={hasText}
        onRefresh={() => reading.refresh.mutate()}
        onDifferences={() => setPanel(panel === "differences" ? null : "differences")}
        onSave={() => setSaving(true)}
      />
      <div className={styles.regions}>
        <SchemaPane reading={reading} onInsert={(words) => editor.current?.insert(words)} />
        <div className={styles.work}>
          <div className={styles.top} style={{ blockSize: `${share}%` }}>
            <QueryPane ref={editor} schema={reading.editor} onNew={() => load({ text: "", values: {} })} />
            <ParametersPane limits={reading.schema?.limits ?? null} />
          </div>
          <Divider label={t("results.dividerRows")} between="rows" value={share} onChange={setShare} />
          <ResultsPane onOpen={() => setPanel("row")} />
        </div>
        <Side panel={panel} tab={tab} onTab={setTab} load={load} schema={reading.schema} onClose={() => setPanel(null)} />
      </div>
      <StatusLine readAt={reading.readAt} />
      {saving && (
        <SaveDialog
          onClose={() => setSaving(false)}
          onSaved={() => {
            setSaving(false);
            setTab("saved");
          }}
        />
      )}
      {asked && (
        <ConfirmDialog title={t("query.replaceTitle")} confirm={t("query.replace")} onConfirm={() => void confirm()} onClose={dismiss}>
          {t("query.replaceHint")}
        </ConfirmDialog>
      )}
    </div>
  );
}

interface SideProps {
  panel: "differences" | "row" | null;
  tab: SideTab | null;
  onTab(tab: SideTab): void;
  load: ReturnType<typeof useLoad>["load"];
  schema: ReturnType<typeof useSchema>["schema"];
  onClose(): void;
}

/** The end side: one panel, or the tabs. */
function Side({ panel, tab, onTab, load, schema, onClose }: SideProps) {
  const answered = useConsole((state) => state.answered);
  const selected = useConsole((state) => state.selected);
  if (panel === "differences")
    return (
      <div className={side.holder}>
        <DifferencesPanel schema={schema} onClose={onClose} />
      </div>
    );
  if (panel === "row" && answered && selected)
    return (
      <div className={side.holder}>
        <RowPanel answered={answered} index={selected.index} row={selected.row} onClose={onClose} />
      </div>
    );
  return <SidePane tab={tab} onTab={onTab} load={load} />;
}

function useConsoleKeys(save: () => void): void {
  const view = (index: number) => () => useConsole.setState({ view: VIEWS[index] as View });
  useHotkeys({
    "mod+Enter": () => void runText(),
    "mod+S": save,
    Escape: () => void stopRun(),
    "alt+Digit1": view(0),
    "alt+Digit2": view(1),
    "alt+Digit3": view(2),
    "alt+Digit4": view(3),
    "alt+Digit5": view(4),
  });
}
