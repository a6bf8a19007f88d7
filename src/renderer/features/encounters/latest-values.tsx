import { ageOn } from "@renderer/lib/format.ts";
import { useFormat, useToday } from "@renderer/lib/use-format.ts";
import { Num, StatusWord } from "@renderer/ui/index.ts";
import type { RangeVerdict } from "@shared/model/observation-ranges.ts";
import { IconAlertTriangle, IconHandStop } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { type Measure, measured, type Reading } from "./measures.ts";
import { Sparkline } from "./sparkline.tsx";
import styles from "./today.module.css";
import type { Chart, Patient } from "./types.ts";

const ON_THE_LINE = 8;

/** Age in whole years at an instant, as the rules of ranges ask for it. */
export function useAgeAt(patient: Patient): (instant: string) => number {
  const format = useFormat();
  return (instant) => {
    const { value, unit } = ageOn(patient.birthDate, format.dayOf(instant));
    return unit === "year" ? value : 0;
  };
}

/** The newest value of everything that was ever measured, with how it went. */
export function LatestValues({ chart }: { chart: Chart }) {
  const { t } = useTranslation("encounters");
  const groups = measured(chart.observations, useAgeAt(chart.patient));
  if (groups.length === 0) return null;
  return (
    <dl className={styles.values} aria-label={t("values.label")}>
      {groups.map(([measure, readings]) => (
        <Tile key={measure.name} measure={measure} readings={readings} />
      ))}
    </dl>
  );
}

function Tile({ measure, readings }: { measure: Measure; readings: readonly Reading[] }) {
  const { t } = useTranslation("encounters");
  const format = useFormat();
  const today = useToday();
  const newest = readings.at(-1);
  if (!newest) return null;
  const day = format.dayOf(newest.recordedAt);
  return (
    <div className={styles.value}>
      <dt>
        {t(`measures.${measure.name}`)}
        <span className={styles.when}>{day === today ? format.time(newest.recordedAt) : format.date(day)}</span>
      </dt>
      <dd className={styles.figure}>
        <Num className={styles.number}>{newest.values.map(String).join("/")}</Num> <Num className={styles.unit}>{newest.unit}</Num>
      </dd>
      <dd className={styles.trend}>
        {readings.length > 1 && <Sparkline values={readings.slice(-ON_THE_LINE).map(({ values: [value = 0] }) => value)} />}
        {newest.verdict && <RangeMark verdict={newest.verdict} />}
      </dd>
    </div>
  );
}

/** High or low by a published threshold; whoever asks sees which. */
export function RangeMark({ verdict }: { verdict: RangeVerdict }) {
  const { t } = useTranslation("encounters");
  const grave = verdict.word === "very-high" || verdict.word === "very-low";
  return (
    <span title={verdict.source}>
      <StatusWord
        tone={grave ? "stop" : "warn"}
        icon={grave ? <IconHandStop size={16} aria-hidden="true" /> : <IconAlertTriangle size={16} aria-hidden="true" />}
      >
        {t(`range.${verdict.word}`)}
      </StatusWord>
    </span>
  );
}
