import { useRouteQuery } from "@renderer/lib/api.ts";
import { Tabs } from "@renderer/ui/index.ts";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { useConsole } from "../console-store.ts";
import { valuesOf } from "../parameters/parameter-values.ts";
import type { Card, Cell, SavedQuery, SideTab } from "../types.ts";
import type { LoadQuery } from "../use-load.ts";
import { runCard, runText } from "../use-run.ts";
import { useSavedPalette } from "../use-saved-palette.tsx";
import { ExamplesTab } from "./examples-tab.tsx";
import { HistoryTab } from "./history-tab.tsx";
import { SavedTab } from "./saved-tab.tsx";
import styles from "./side.module.css";

interface SidePaneProps {
  /** Null until somebody chooses: then a newcomer sees the examples, everyone else their history. */
  tab: SideTab | null;
  onTab(tab: SideTab): void;
  load: LoadQuery;
}

/** Where queries come from: what I ran, what was saved, what is shown to newcomers. */
export function SidePane({ tab, onTab, load }: SidePaneProps) {
  const { t } = useTranslation("research");
  const id = useId();
  const running = useConsole((state) => state.running !== null);
  const answered = useConsole((state) => state.answered?.result.queryId ?? null);
  const first = useRouteQuery("research", "listHistory", { limit: 1 });
  const saved = useRouteQuery("research", "listSavedQueries", {});
  const cards = useRouteQuery("research", "listCards", {}, { staleTime: Number.POSITIVE_INFINITY });
  const loadSaved = (query: SavedQuery) => load({ text: query.cypher, values: valuesOf(query.parameters), saved: query });
  useSavedPalette(saved.data?.items ?? [], loadSaved);
  const newcomer = first.data ? first.data.items.length === 0 : null;
  const shown = tab ?? (newcomer === null ? null : newcomer ? "examples" : "history");
  const card = (chosen: Card, parameters: Record<string, Cell>, after: () => void = () => undefined) => {
    // The first run makes a history: whoever is among the examples stays there.
    onTab("examples");
    load({ text: chosen.cypher, values: valuesOf(parameters) }, after);
  };
  return (
    <aside className={styles.side} aria-label={t("side.label")}>
      <div className={styles.tabs}>
        <Tabs<SideTab>
          label={t("side.label")}
          items={[
            { value: "history", label: t("history.title") },
            { value: "saved", label: t("saved.title"), count: saved.data?.items.length },
            { value: "examples", label: t("examples.title"), count: cards.data?.items.length },
          ]}
          value={shown ?? "history"}
          onChange={onTab}
          controls={id}
        />
      </div>
      <div id={id} role="tabpanel" aria-label={shown ? t(`${shown}.title`) : undefined} className={styles.body}>
        {shown === "history" && (
          <HistoryTab
            current={answered}
            onLoad={({ cypher, parameters }) => load({ text: cypher, values: valuesOf(parameters) })}
            onRerun={({ cypher, parameters }) => load({ text: cypher, values: valuesOf(parameters) }, () => !running && runText())}
          />
        )}
        {shown === "saved" && <SavedTab onLoad={loadSaved} />}
        {shown === "examples" && (
          <ExamplesTab
            onRun={(chosen, parameters) => card(chosen, parameters, () => void runCard(chosen, parameters))}
            onOpen={(chosen, parameters) => card(chosen, parameters)}
          />
        )}
      </div>
    </aside>
  );
}
