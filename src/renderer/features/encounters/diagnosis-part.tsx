import { Checkbox } from "@mantine/core";
import { useRouteCommand } from "@renderer/lib/api.ts";
import { newCommandKey } from "@renderer/lib/command-key.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { Num } from "@renderer/ui/index.ts";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ConditionSearch } from "./condition-search.tsx";
import styles from "./note.module.css";
import type { Visit } from "./types.ts";

/** The diagnoses of the visit, and the search that adds one. */
export function DiagnosisPart({ visit, mayRecord }: { visit: Visit; mayRecord: boolean }) {
  const { t } = useTranslation("encounters");
  const words = useErrorWords();
  // The same diagnosis tried again keeps its key until it is recorded.
  const keys = useRef(new Map<string, string>());
  const [provisional, setProvisional] = useState(false);
  const record = useRouteCommand("encounters", "recordDiagnosis", {
    invalidates: ["patients.getChart"],
    onSuccess: () => {
      keys.current.clear();
      setProvisional(false);
    },
  });
  const add = (code: string) => {
    const certainty = provisional ? ("provisional" as const) : ("confirmed" as const);
    const key = keys.current.get(`${code}${certainty}`) ?? newCommandKey();
    keys.current.set(`${code}${certainty}`, key);
    record.mutate({ encounterId: visit.encounter.id, code, certainty, key });
  };
  return (
    <section aria-label={t("diagnoses.title")}>
      <h3 className={styles.noteLabel}>{t("diagnoses.title")}</h3>
      <DiagnosisList visit={visit} />
      {mayRecord && (
        <div className={styles.diagnosisAdd}>
          <ConditionSearch
            label={t("diagnoses.add")}
            busy={record.isPending}
            error={record.error ? words(record.error).message : undefined}
            onPick={({ code }) => add(code)}
          />
          <Checkbox
            label={t("diagnoses.provisional")}
            checked={provisional}
            onChange={(event) => setProvisional(event.currentTarget.checked)}
          />
        </div>
      )}
    </section>
  );
}

/** Code, title and how sure. */
export function DiagnosisList({ visit }: { visit: Visit }) {
  const { t } = useTranslation("encounters");
  return (
    <ul className={styles.diagnoses} data-testid="diagnoses">
      {visit.diagnoses.map((diagnosis) => (
        <li key={diagnosis.id} className={styles.diagnosis}>
          <Num className={styles.code}>{diagnosis.code}</Num>
          <bdi className={styles.diagnosisTitle}>{diagnosis.title}</bdi>
          <span className={styles.certainty}>{t(`diagnoses.certainty.${diagnosis.certainty}`)}</span>
        </li>
      ))}
    </ul>
  );
}
