import { Select, TextInput } from "@mantine/core";
import { useRouteCommand } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useFormat } from "@renderer/lib/use-format.ts";
import { Button, Notice, Panel, Section } from "@renderer/ui/index.ts";
import { LOINC } from "@shared/model/observation-ranges.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./messages.module.css";
import type { Chart } from "./talk-header.tsx";
import { readMessageAgain } from "./thread-store.ts";
import type { Message } from "./types.ts";

const MEASURES = {
  [LOINC.systolic]: "bloodPressure",
  [LOINC.pulse]: "pulse",
  [LOINC.temperature]: "temperature",
  [LOINC.oxygen]: "oxygen",
  [LOINC.breathing]: "breathing",
  [LOINC.weight]: "weight",
  [LOINC.height]: "height",
} as const;

interface AddToChartProps {
  message: Message;
  chart: Chart;
  onClose(): void;
}

/** Files a picture of the patient in their chart: with a finding of a recent visit, or by itself. */
export function AddToChart({ message, chart, onClose }: AddToChartProps) {
  const { t } = useTranslation("messaging");
  const words = useErrorWords();
  const [observationId, setObservation] = useState<string | null>(null);
  const [description, setDescription] = useState(message.text ?? "");
  const findings = useFindings(chart);
  const add = useRouteCommand("messaging", "addImageToChart", {
    invalidates: ["files", "patients.getChart"],
    onSuccess: async () => {
      await readMessageAgain(message.conversationId, message.id).catch(() => undefined);
      onClose();
    },
  });
  return (
    <Panel
      title={t("picture.addToChart")}
      onClose={onClose}
      foot={
        <Button
          variant="primary"
          wide
          busy={add.isPending}
          onClick={() =>
            add.mutate({
              messageId: message.id,
              ...(observationId ? { observationId } : {}),
              description: description.trim() || null,
            })
          }
        >
          {t("chart.add")}
        </Button>
      }
    >
      <Section>
        <div className={styles.fields}>
          {add.error && <Notice tone="error">{words(add.error).message}</Notice>}
          {message.image && <img className={styles.toFile} src={message.image.thumbnail} alt={t("picture.toFile")} />}
          <TextInput
            label={t("chart.description")}
            description={t("chart.descriptionHint")}
            maxLength={500}
            value={description}
            onChange={(event) => setDescription(event.currentTarget.value)}
          />
          <Select
            label={t("chart.finding")}
            description={findings.length === 0 ? t("chart.noFindings") : t("chart.findingHint")}
            placeholder={t("chart.byItself")}
            data={findings}
            disabled={findings.length === 0}
            clearable
            searchable
            value={observationId}
            onChange={setObservation}
          />
        </div>
      </Section>
    </Panel>
  );
}

/** The findings of the visits on the chart's first page, by visit, newest first. */
function useFindings(chart: Chart) {
  const { t } = useTranslation("encounters");
  const format = useFormat();
  const named = (kind: string) => {
    const measure = MEASURES[kind as keyof typeof MEASURES];
    return measure ? t(`measures.${measure}`) : null;
  };
  const groups = chart.encounters.map((visit) => ({
    group: `${format.date(format.dayOf(visit.startedAt))} ${visit.diagnoses[0]?.title ?? visit.reason ?? ""}`.trim(),
    items: chart.observations
      .filter(({ encounterId }) => encounterId === visit.id)
      .flatMap((observation) => {
        const reading = observation.value === null ? null : `${observation.value} ${observation.unit ?? ""}`.trim();
        const label = [named(observation.kind), reading ?? observation.text].filter(Boolean).join(" ");
        return named(observation.kind) || observation.text ? [{ value: String(observation.id), label }] : [];
      }),
  }));
  return groups.filter(({ items }) => items.length > 0);
}
