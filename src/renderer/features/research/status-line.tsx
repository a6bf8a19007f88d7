import { useFormat } from "@renderer/lib/use-format.ts";
import { Num } from "@renderer/ui/index.ts";
import { IconCheck, IconLock } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useConsole } from "./console-store.ts";
import styles from "./research.module.css";

/** When the schema was read, what keeps the graph as it is, and where the caret stands. */
export function StatusLine({ readAt }: { readAt: number }) {
  const { t } = useTranslation("research");
  const format = useFormat();
  const caret = useConsole((state) => state.caret);
  return (
    <footer className={styles.status}>
      {readAt > 0 && (
        <span className={styles.statusPart}>
          <IconCheck size={16} aria-hidden="true" />
          {t("status.schemaRead", { time: format.time(new Date(readAt)) })}
        </span>
      )}
      <span className={styles.statusPart}>
        <IconLock size={16} aria-hidden="true" />
        {t("status.refused")}
      </span>
      <span className={styles.statusEnd}>
        <span>{t("status.caret", caret)}</span>
        <Num>Cypher 5</Num>
      </span>
    </footer>
  );
}
