import { Num } from "@renderer/ui/index.ts";
import { IconBan } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useConsole } from "./console-store.ts";
import styles from "./research.module.css";
import { useRefusalWords } from "./use-refusal-words.ts";

/** Why the last run was refused or failed, in words under the text it is of. */
export function RefusalBand() {
  const { t } = useTranslation("research");
  const refused = useConsole((state) => state.refused);
  const wordsOf = useRefusalWords();
  if (!refused) return null;
  const { title, advice, reason, reference } = wordsOf(refused.error);
  const { line, column } = refused.error.data;
  return (
    <div className={styles.refusal} role="alert" data-code={refused.error.code}>
      <IconBan size={16} aria-hidden="true" />
      <div>
        <p className={styles.refusalTitle}>
          {title}
          {line !== undefined && column !== undefined && <span className={styles.place}>{t("refusal.place", { line, column })}</span>}
        </p>
        {reason && (
          <p lang="en">
            <Num className={styles.reason}>{reason}</Num>
          </p>
        )}
        {advice && <p>{advice}</p>}
        {reference && <Num>{reference}</Num>}
      </div>
    </div>
  );
}
