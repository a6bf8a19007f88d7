import { TextInput } from "@mantine/core";
import { toAppError, useRouteCommand } from "@renderer/lib/api.ts";
import { newCommandKey } from "@renderer/lib/command-key.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { Kbd, Num } from "@renderer/ui/index.ts";
import { IconActivity } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { readEntry } from "./finding-entry.ts";
import { RangeMark, useAgeAt } from "./latest-values.tsx";
import { measured, otherFindings } from "./measures.ts";
import styles from "./note.module.css";
import type { Patient, Visit } from "./types.ts";

/** What was found in the visit, and one line to type more: "bp 148/92, t 38.1" or words. */
export function FindingsPart({ visit, patient }: { visit: Visit; patient: Patient }) {
  const { t } = useTranslation("encounters");
  return (
    <section aria-label={t("findings.title")}>
      <h3 className={styles.noteLabel}>{t("findings.title")}</h3>
      <FindingsList visit={visit} patient={patient} />
      <FindingEntry encounterId={visit.encounter.id} />
    </section>
  );
}

/** Measured values with their units, then what was found in words. */
export function FindingsList({ visit, patient }: { visit: Visit; patient: Patient }) {
  const { t } = useTranslation("encounters");
  const groups = measured(visit.observations, useAgeAt(patient));
  const others = otherFindings(visit.observations);
  return (
    <ul className={styles.findings} data-testid="findings">
      {groups.flatMap(([measure, readings]) =>
        readings.map((reading) => (
          <li key={`${measure.name}${reading.recordedAt}`} className={styles.finding}>
            <span>{t(`measures.${measure.name}`)}</span>
            <Num className={styles.findingValue}>{`${reading.values.join("/")} ${reading.unit}`}</Num>
            {reading.verdict && <RangeMark verdict={reading.verdict} />}
          </li>
        )),
      )}
      {others.map((finding) => (
        <li key={finding.id} className={styles.findingWords}>
          {finding.text && <bdi>{finding.text}</bdi>}
          {finding.value !== null && <Num>{`${finding.kind} ${finding.value} ${finding.unit ?? ""}`}</Num>}
        </li>
      ))}
    </ul>
  );
}

function FindingEntry({ encounterId }: { encounterId: string }) {
  const { t } = useTranslation("encounters");
  const words = useErrorWords();
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  // One key a finding, the same for every try of the same entry: what was kept before a failure is not kept twice.
  const keys = useRef<string[]>([]);
  const record = useRouteCommand("encounters", "recordObservation", { invalidates: ["patients.getChart"] });
  const enter = async () => {
    const entry = readEntry(text);
    if (!entry.ok) return setProblem(t("findings.cannotBe", { measure: t(`measures.${entry.measure.name}`) }));
    if (entry.findings.length === 0 || record.isPending) return;
    try {
      for (const [at, finding] of entry.findings.entries()) {
        keys.current[at] ??= newCommandKey();
        await record.mutateAsync({ encounterId, ...finding, key: keys.current[at] });
      }
      keys.current = [];
      setText("");
    } catch (error) {
      setProblem(words(toAppError(error)).message);
    }
  };
  return (
    <TextInput
      aria-label={t("findings.add")}
      placeholder={t("findings.hint")}
      leftSection={<IconActivity size={16} aria-hidden="true" />}
      rightSection={text ? <Kbd>↵</Kbd> : undefined}
      value={text}
      error={problem}
      maxLength={4000}
      onChange={(event) => {
        setProblem(null);
        keys.current = [];
        setText(event.currentTarget.value);
      }}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.nativeEvent.isComposing) return;
        event.preventDefault();
        void enter();
      }}
    />
  );
}
