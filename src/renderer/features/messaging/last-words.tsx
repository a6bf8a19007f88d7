import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import styles from "./messages.module.css";
import type { Conversation } from "./types.ts";

/** What was said last, as the list tells it; a draft that waits comes before it. */
export function LastWords({ last, draft, me }: { last: Conversation["last"]; draft: string | undefined; me: string }) {
  const { t } = useTranslation("messaging");
  if (draft !== undefined) return <Said mark={<span className={styles.draftMark}>{t("list.draft")}</span>} text={draft} />;
  if (!last) return t("list.nothing");
  const mine = last.senderId === me;
  if (last.withdrawnAt) return mine ? t("list.withdrewMine") : t("list.withdrawn");
  if (last.text === null || last.text === "") return mine ? t("list.sentPhotoMine") : t("list.sentPhoto");
  return <Said mark={mine ? t("list.you") : null} text={last.text} />;
}

/** In its own direction and cut at its own end, whichever way the list runs. */
function Said({ mark, text }: { mark: ReactNode; text: string }) {
  return (
    <span className={styles.said}>
      {mark !== null && <span>{mark}</span>}
      <span className={styles.saidText} dir="auto">
        {text}
      </span>
    </span>
  );
}
