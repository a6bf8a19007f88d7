import { useFormat } from "@renderer/lib/use-format.ts";
import { Num } from "@renderer/ui/index.ts";
import { IconBan, IconCheck, IconChecks } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import styles from "./thread.module.css";
import type { Message } from "./types.ts";

/** Sent, or read by the other side: an icon and a word. */
export function Ticks({ read }: { read: boolean }) {
  const { t } = useTranslation("messaging");
  return (
    <span className={styles.ticks}>
      {read ? <IconChecks size={16} aria-hidden="true" /> : <IconCheck size={16} aria-hidden="true" />}
      {read ? t("message.read") : t("message.sent")}
    </span>
  );
}

interface BubbleProps {
  message: Message;
  mine: boolean;
  read: boolean;
  highlighted: boolean;
  menu: ReactNode;
}

/** One message of text, or the trace of one that was withdrawn. */
export function Bubble({ message, mine, read, highlighted, menu }: BubbleProps) {
  const { t } = useTranslation("messaging");
  const format = useFormat();
  const withdrawn = message.withdrawnAt !== null;
  return (
    <div className={styles.line} data-mine={mine || undefined} data-at={message.seq}>
      <article
        className={styles.bubble}
        data-mine={mine || undefined}
        data-withdrawn={withdrawn || undefined}
        data-found={highlighted || undefined}
        aria-label={mine ? t("message.byMe") : t("message.byThem")}
      >
        {withdrawn ? (
          <p className={styles.trace}>
            <IconBan size={16} aria-hidden="true" />
            {mine ? t("message.withdrewMine") : t("message.withdrawn")}
          </p>
        ) : (
          <p className={styles.text} dir="auto">
            {message.text}
          </p>
        )}
        <p className={styles.meta}>
          <Num>
            <time dateTime={message.sentAt}>{format.time(message.sentAt)}</time>
          </Num>
          {mine && !withdrawn && <Ticks read={read} />}
        </p>
      </article>
      {!withdrawn && menu}
    </div>
  );
}
