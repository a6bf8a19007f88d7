import type { ReactNode } from "react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FileRow } from "./file-row.tsx";
import styles from "./files.module.css";
import { Preview } from "./preview.tsx";
import type { MedicalFile } from "./types.ts";

interface FileListProps {
  files: readonly MedicalFile[];
  /** What can be done with one beside opening and saving it. */
  actions?(file: MedicalFile): ReactNode;
}

/** Files newest first; one opens in the whole window, the arrow keys go on to the next. */
export function FileList({ files, actions }: FileListProps) {
  const { t } = useTranslation("files");
  const [opened, setOpened] = useState<string | null>(null);
  return (
    <>
      <ul className={styles.files} aria-label={t("title")} data-testid="files">
        {files.map((file) => (
          <FileRow key={file.id} file={file} onOpen={() => setOpened(file.id)}>
            {actions?.(file)}
          </FileRow>
        ))}
      </ul>
      {opened && <Preview files={files} fileId={opened} onShow={setOpened} onClose={() => setOpened(null)} />}
    </>
  );
}
