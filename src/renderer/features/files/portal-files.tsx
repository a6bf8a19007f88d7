import { useRouteQuery } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import type { PartProps } from "@renderer/lib/parts.tsx";
import { EmptyState, Loaded } from "@renderer/ui/index.ts";
import { useTranslation } from "react-i18next";
import { AddFiles } from "./add-files.tsx";
import { FileList } from "./file-list.tsx";
import styles from "./files.module.css";
import { TransferList } from "./transfer-list.tsx";

/** The patient's own files: what the clinic filed for them, and what they want to show their doctor. */
export function Part({ patientId }: PartProps["portal.files"]) {
  const { t } = useTranslation("files");
  const words = useErrorWords();
  const query = useRouteQuery("files", "listFiles", { patientId });
  return (
    <div className={styles.stack}>
      <Loaded query={query} words={words}>
        {({ items }) => (items.length === 0 ? <EmptyState title={t("none.portal")} /> : <FileList files={items} />)}
      </Loaded>
      <AddFiles patientId={patientId} size="touch" />
      <TransferList patientId={patientId} />
    </div>
  );
}
