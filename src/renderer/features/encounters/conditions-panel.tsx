import { useRouteCommand } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { usePreferences } from "@renderer/lib/preferences.ts";
import { useFormat, useToday } from "@renderer/lib/use-format.ts";
import { DateField, Num, Panel, Section, Skeleton } from "@renderer/ui/index.ts";
import { Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { ConditionSearch } from "./condition-search.tsx";
import styles from "./note.module.css";
import type { Chart } from "./types.ts";

/** What the patient lives with: the list of long-standing conditions. */
export function ConditionsPanel({ chart, onClose }: { chart: Chart; onClose(): void }) {
  const { t } = useTranslation("encounters");
  const words = useErrorWords();
  const format = useFormat();
  const today = useToday();
  const language = usePreferences((state) => state.language);
  const calendar = usePreferences((state) => state.calendar);
  const [since, setSince] = useState<string | null>(null);
  const record = useRouteCommand("patients", "recordCondition", { onSuccess: () => setSince(null) });
  const { patient, conditions } = chart;
  return (
    <Panel title={t("conditions.title")} onClose={onClose}>
      <Section>
        {conditions.length === 0 && <p>{t("banner.noConditions")}</p>}
        <ul className={styles.diagnoses}>
          {conditions.map((condition) => (
            <li key={condition.id} className={styles.diagnosis}>
              <Num className={styles.code}>{condition.code}</Num>
              <bdi className={styles.diagnosisTitle}>{condition.title}</bdi>
              {condition.since && (
                <span className={styles.certainty}>
                  {t("conditions.sinceDay")} <bdi>{format.date(condition.since)}</bdi>
                </span>
              )}
            </li>
          ))}
        </ul>
      </Section>
      <Section title={t("conditions.add")}>
        <div className={styles.stack}>
          <Suspense fallback={<Skeleton lines={1} />}>
            <DateField
              label={t("conditions.since")}
              value={since}
              onChange={setSince}
              language={language}
              calendar={calendar}
              min={patient.birthDate}
              max={today}
            />
          </Suspense>
          <ConditionSearch
            label={t("conditions.find")}
            busy={record.isPending}
            error={record.error ? words(record.error).message : undefined}
            onPick={({ code }) => record.mutate({ patientId: patient.id, code, since })}
          />
        </div>
      </Section>
    </Panel>
  );
}
