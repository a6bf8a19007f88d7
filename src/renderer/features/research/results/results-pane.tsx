import { useFormat } from "@renderer/lib/use-format.ts";
import { EmptyState, Num, SegmentedControl, Skeleton } from "@renderer/ui/index.ts";
import { IconBinaryTree, IconBraces, IconChartDots3, IconColumns2, IconTable } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useShallow } from "zustand/react/shallow";
import { type Answered, useConsole } from "../console-store.ts";
import { Divider } from "../divider.tsx";
import { readParameters } from "../parameters/parameter-values.ts";
import type { View } from "../types.ts";
import { expandNode } from "./expand-node.ts";
import { JsonView } from "./json-view.tsx";
import { PlanView } from "./plan-view.tsx";
import { Notes } from "./result-notes.tsx";
import { ResultTable } from "./result-table.tsx";
import styles from "./results.module.css";
import type { RowPages } from "./row-pages.ts";
import { useRowPages } from "./use-row-pages.ts";

const Picture = lazy(async () => ({ default: (await import("../picture/picture.tsx")).Picture }));
const ICON = { size: 16, "aria-hidden": true as const };

interface ResultsPaneProps {
  onOpen(): void;
}

/** What the last run answered, as picture, table, both, JSON; and the plan of what stands in the editor. */
export function ResultsPane({ onOpen }: ResultsPaneProps) {
  const { t } = useTranslation("research");
  const { answered, running, view } = useConsole(useShallow(({ answered, running, view }) => ({ answered, running, view })));
  return (
    <section className={styles.pane} aria-label={t("results.title")} aria-busy={running !== null}>
      <div className={styles.tools}>
        <SegmentedControl<View>
          label={t("views.title")}
          items={[
            { value: "graph", label: t("views.graph"), icon: <IconChartDots3 {...ICON} /> },
            { value: "table", label: t("views.table"), icon: <IconTable {...ICON} /> },
            { value: "both", label: t("views.both"), icon: <IconColumns2 {...ICON} className="flip" /> },
            { value: "json", label: t("views.json"), icon: <IconBraces {...ICON} /> },
            { value: "plan", label: t("views.plan"), icon: <IconBinaryTree {...ICON} /> },
          ]}
          value={view}
          onChange={(next) => useConsole.setState({ view: next })}
        />
        {answered && <Figures answered={answered} />}
        {answered && <Notes result={answered.result} />}
      </div>
      <div className={styles.body} data-stale={running !== null || undefined}>
        {view === "plan" ? <Plan /> : answered ? <Answer key={answered.result.queryId} answered={answered} onOpen={onOpen} /> : <Nothing />}
      </div>
    </section>
  );
}

function Figures({ answered }: { answered: Answered }) {
  const { t } = useTranslation("research");
  const format = useFormat();
  const { rowCount, durationMs, graph } = answered.result;
  return (
    <span className={styles.figures} role="status">
      <strong>{t("results.rows", { count: rowCount, rows: format.number(rowCount) })}</strong>
      <Num>{durationMs < 1000 ? `${Math.max(1, Math.round(durationMs))} ms` : `${(durationMs / 1000).toFixed(1)} s`}</Num>
      {graph.nodes.length > 0 && <span>{t("results.nodes", { count: graph.nodes.length, nodes: format.number(graph.nodes.length) })}</span>}
    </span>
  );
}

function Plan() {
  const { t } = useTranslation("research");
  const { text, names, values } = useConsole(useShallow(({ text, names, values }) => ({ text, names, values })));
  const { parameters, faults } = readParameters(names, values, text);
  if (text.trim() === "") return <EmptyState title={t("plan.none")}>{t("plan.noneHint")}</EmptyState>;
  if (Object.keys(faults).length > 0) return <EmptyState title={t("run.missing", { name: `$${Object.keys(faults)[0]}` })} />;
  return <PlanView cypher={text} parameters={parameters} />;
}

function Nothing() {
  const { t } = useTranslation("research");
  const { running, refused } = useConsole(useShallow(({ running, refused }) => ({ running, refused })));
  if (running) return <Skeleton lines={8} />;
  if (refused) return <EmptyState title={t("results.refused")}>{t("results.refusedHint")}</EmptyState>;
  return <EmptyState title={t("results.none")}>{t("results.noneHint")}</EmptyState>;
}

function Answer({ answered, onOpen }: { answered: Answered; onOpen(): void }) {
  const { t } = useTranslation("research");
  const view = useConsole((state) => state.view);
  const pages = useRowPages(answered.result);
  const [share, setShare] = useState(58);
  const table = <Rows answered={answered} pages={pages} onOpen={onOpen} />;
  if (view === "json") return <JsonView result={answered.result} pages={pages} />;
  if (view === "table") return table;
  // The picture keeps its place in both views, so that it is laid out once.
  return (
    <div className={styles.both}>
      <div className={styles.first} style={{ inlineSize: view === "graph" ? "100%" : `${share}%` }}>
        <Drawn answered={answered} />
      </div>
      {view === "both" && (
        <>
          <Divider label={t("results.divider")} between="columns" value={share} onChange={setShare} />
          <div className={styles.second}>{table}</div>
        </>
      )}
    </div>
  );
}

function Rows({ answered, pages, onOpen }: { answered: Answered; pages: RowPages; onOpen(): void }) {
  const { t } = useTranslation("research");
  if (pages.rowCount === 0) return <EmptyState title={t("results.empty")}>{t("results.emptyHint")}</EmptyState>;
  return (
    <>
      {pages.failure() !== null && <p className={styles.expired}>{t("results.expired")}</p>}
      <ResultTable result={answered.result} pages={pages} onOpen={onOpen} />
    </>
  );
}

function Drawn({ answered }: { answered: Answered }) {
  const { t } = useTranslation("research");
  const selected = useConsole((state) => state.selectedNode);
  const { graph, graphTruncated, masked } = answered.result;
  if (graph.nodes.length === 0) return <EmptyState title={t("results.noGraph")}>{t("results.noGraphHint")}</EmptyState>;
  return (
    <Suspense fallback={<Skeleton lines={6} />}>
      <Picture
        graph={graph}
        truncated={graphTruncated}
        masked={masked}
        onExpand={expandNode}
        selected={selected}
        onSelect={(id) => useConsole.setState({ selectedNode: id, selected: null })}
      />
    </Suspense>
  );
}
