import { Select } from "@mantine/core";
import { useRouteQuery } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import type { PartProps } from "@renderer/lib/parts.tsx";
import { EmptyState, Loaded, Panel, Section, SegmentedControl } from "@renderer/ui/index.ts";
import { IconFiles } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { AddFiles } from "./add-files.tsx";
import { FileActions } from "./file-actions.tsx";
import { FileList } from "./file-list.tsx";
import styles from "./files.module.css";
import { TransferList } from "./transfer-list.tsx";
import type { MedicalFile } from "./types.ts";
import { useFindings } from "./use-findings.ts";

type Show = "patient" | "visit" | "voided";

/** The files of a patient beside their chart: add, look at, link to a finding of the visit that is open, void. */
export function Part({ patientId, encounterId, onClose }: PartProps["chart.files"]) {
  const { t } = useTranslation("files");
  const words = useErrorWords();
  const [show, setShow] = useState<Show>("patient");
  const [observationId, setObservationId] = useState<string | null>(null);
  const findings = useFindings(encounterId);
  const query = useRouteQuery("files", "listFiles", { patientId, includeVoided: show === "voided" });
  const options = (["patient", "visit", "voided"] as const).filter((value) => value !== "visit" || encounterId !== undefined);
  return (
    <Panel title={t("title")} onClose={onClose}>
      <Section title={t("add.title")}>
        <div className={styles.stack}>
          <AddFiles patientId={patientId} observationId={observationId ?? undefined} />
          {findings.length > 0 && (
            <Select
              label={t("link.new")}
              placeholder={t("link.none")}
              data={findings.map(({ id, words: label }) => ({ value: id, label }))}
              value={observationId}
              onChange={setObservationId}
              clearable
              clearButtonProps={{ "aria-label": t("link.clear") }}
            />
          )}
          <TransferList patientId={patientId} />
        </div>
      </Section>
      <Section>
        <SegmentedControl<Show>
          label={t("show.label")}
          value={show}
          onChange={(value: Show) => setShow(value)}
          items={options.map((value) => ({ value, label: t(`show.${value}`) }))}
        />
        <Loaded query={query} words={words}>
          {({ items }) => {
            const shown = items.filter((file) => isShown(file, show, encounterId));
            if (shown.length === 0) {
              return (
                <EmptyState icon={<IconFiles size={32} aria-hidden="true" />} title={t(`none.${show}`)}>
                  {t("none.hint")}
                </EmptyState>
              );
            }
            return <FileList files={shown} actions={(file) => <FileActions file={file} findings={findings} />} />;
          }}
        </Loaded>
      </Section>
    </Panel>
  );
}

function isShown(file: MedicalFile, show: Show, encounterId: string | undefined): boolean {
  if (show === "voided") return file.voided !== null;
  return file.voided === null && (show === "patient" || file.links.some((link) => link.encounterId === encounterId));
}
