import { useFormat } from "@renderer/lib/use-format.ts";
import { Num } from "@renderer/ui/index.ts";
import { IconCheck, IconFilePlus } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Ticks } from "./bubble.tsx";
import styles from "./thread.module.css";
import type { Message } from "./types.ts";

interface PictureCardProps {
  message: Message;
  mine: boolean;
  read: boolean;
  highlighted: boolean;
  menu: ReactNode;
  onOpen(): void;
  /** For whoever may file a picture of this patient. */
  onAddToChart?: (() => void) | undefined;
}

/** A picture by its thumbnail, with its time and size; opens whole. */
export function PictureCard({ message, mine, read, highlighted, menu, onOpen, onAddToChart }: PictureCardProps) {
  const { t } = useTranslation("messaging");
  const format = useFormat();
  if (!message.image) return null;
  const time = format.time(message.sentAt);
  return (
    <div className={styles.line} data-mine={mine || undefined} data-at={message.seq}>
      <figure className={styles.card} data-mine={mine || undefined} data-found={highlighted || undefined}>
        <button type="button" className={styles.thumbnail} aria-label={t("picture.open", { time })} onClick={onOpen}>
          <img src={message.image.thumbnail} alt="" />
        </button>
        {message.text && (
          <p className={styles.caption} dir="auto">
            {message.text}
          </p>
        )}
        <figcaption className={styles.cardFoot}>
          <Num className={styles.cardMeta}>{`${time}${t("comma")}${format.bytes(message.image.bytes)}`}</Num>
          {mine && <Ticks read={read} />}
          {!mine && message.fileId && (
            <span className={styles.ticks}>
              <IconCheck size={16} aria-hidden="true" />
              {t("picture.inChart")}
            </span>
          )}
          {!mine && !message.fileId && onAddToChart && (
            <button type="button" className={styles.cardAct} onClick={onAddToChart}>
              <IconFilePlus size={16} aria-hidden="true" />
              {t("picture.addToChart")}
            </button>
          )}
        </figcaption>
      </figure>
      {menu}
    </div>
  );
}
