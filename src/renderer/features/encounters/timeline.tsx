import { Select } from "@mantine/core";
import { Part } from "@renderer/lib/parts.tsx";
import { useFormat, useToday } from "@renderer/lib/use-format.ts";
import { Button, EmptyState, Num, Rows } from "@renderer/ui/index.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { byYear, ENTRY_TYPES, type EntryType, entriesOf } from "./timeline-entries.ts";
import { EntryRow } from "./timeline-row.tsx";
import styles from "./today.module.css";
import type { Chart } from "./types.ts";
import type { ChartQuery } from "./use-chart.ts";
import type { PanelName } from "./use-today.ts";

interface TimelineProps {
  chart: Chart;
  query: ChartQuery;
  selected: string | undefined;
  onVisit(id: string): void;
  panel: PanelName | undefined;
  onPanel(panel: PanelName | undefined): void;
}

/** Everything that happened with this patient, newest first, by year. */
export function Timeline({ chart, query, selected, onVisit, panel, onPanel }: TimelineProps) {
  const { t } = useTranslation("encounters");
  const format = useFormat();
  const today = useToday();
  const [type, setType] = useState<EntryType | "all">("all");
  const groups = byYear(entriesOf(chart, type, !query.hasNextPage), format.dayOf);
  return (
    <section className={styles.timeline} aria-label={t("chart.timeline")}>
      <div className={styles.timelineHead}>
        <h2 className={styles.paneTitle}>{t("chart.title")}</h2>
        <Part
          name="chart.filesButton"
          patientId={chart.patient.id}
          pressed={panel === "files"}
          onPress={() => onPanel(panel === "files" ? undefined : "files")}
        />
        <Select
          aria-label={t("chart.filter")}
          className={styles.types}
          data={["all" as const, ...ENTRY_TYPES].map((value) => ({ value, label: t(`chart.types.${value}`) }))}
          value={type}
          allowDeselect={false}
          onChange={(value) => setType(value ?? "all")}
        />
      </div>
      <div className={styles.timelineBody}>
        {groups.length === 0 && <EmptyState title={t("chart.nothing")} />}
        <Rows label={t("chart.timeline")}>
          {groups.flatMap(({ year, entries }) => [
            ...(year === today.slice(0, 4)
              ? []
              : [
                  <li key={year} className={styles.year}>
                    <Num>{year}</Num>
                  </li>,
                ]),
            ...entries.map((entry) => (
              <EntryRow key={entry.id} entry={entry} selected={entry.id === selected} onVisit={onVisit} onPanel={onPanel} />
            )),
          ])}
        </Rows>
        {query.hasNextPage && (
          <div className={styles.more}>
            <Button wide busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              {t("chart.more", { count: chart.encounterTotal - chart.encounters.length })}
            </Button>
          </div>
        )}
      </div>
    </section>
  );
}
