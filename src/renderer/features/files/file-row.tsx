import { useFormat } from "@renderer/lib/use-format.ts";
import { Button, Num, StatusWord } from "@renderer/ui/index.ts";
import { IconDownload, IconLink, IconTrashX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import styles from "./files.module.css";
import { Thumbnail } from "./thumbnail.tsx";
import type { MedicalFile } from "./types.ts";
import { useSave } from "./use-save.ts";

/** One file: what it is, who filed it when, what it belongs to; a voided one stays with who, when and why. */
export function FileRow({ file, onOpen, children }: { file: MedicalFile; onOpen(): void; children?: ReactNode }) {
  const { t } = useTranslation("files");
  const format = useFormat();
  const save = useSave();
  const { voided, purgedAt } = file;
  return (
    <li className={styles.file} data-voided={voided !== null || undefined} data-testid="file">
      <Thumbnail file={file} />
      <div className={styles.facts}>
        <button type="button" className={styles.open} onClick={onOpen}>
          <bdi className={styles.name}>{file.filename}</bdi>
        </button>
        <span className={styles.small}>
          {t(`types.${file.filetype.replace("/", "-") as "image-png"}`)} · <Num>{format.bytes(file.filesize)}</Num> ·{" "}
          <bdi>{format.date(format.dayOf(file.uploaddate))}</bdi> · <bdi>{file.uploadedBy}</bdi>
        </span>
        {file.description && (
          <bdi className={styles.small} dir="auto">
            {file.description}
          </bdi>
        )}
        {file.links.length > 0 && (
          <StatusWord tone="dimmed" icon={<IconLink size={16} aria-hidden="true" />}>
            {t("linked", { count: file.links.length })}
          </StatusWord>
        )}
        {voided && (
          <StatusWord tone="strong" icon={<IconTrashX size={16} aria-hidden="true" />}>
            {t("voided")} <bdi>{format.date(format.dayOf(voided.at))}</bdi> · <bdi>{voided.by}</bdi> · <bdi>{voided.reason}</bdi>
          </StatusWord>
        )}
        <span className={styles.acts}>
          {purgedAt === null ? (
            <Button variant="quiet" icon={<IconDownload size={16} aria-hidden="true" />} onClick={() => save(file.id)}>
              {t("download")}
            </Button>
          ) : (
            <span className={styles.small}>{t("purged")}</span>
          )}
          {children}
        </span>
      </div>
    </li>
  );
}
