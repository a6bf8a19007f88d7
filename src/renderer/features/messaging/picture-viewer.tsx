import { callBig } from "@renderer/lib/big-call.ts";
import { useDirection } from "@renderer/lib/direction.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useFormat } from "@renderer/lib/use-format.ts";
import { ErrorState, IconButton, Num } from "@renderer/ui/index.ts";
import { ZoomImage } from "@renderer/ui/zoom-image.tsx";
import type { AppError } from "@shared/define.ts";
import { IconChevronLeft, IconChevronRight, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Message } from "./types.ts";
import styles from "./viewer.module.css";

interface PictureViewerProps {
  /** The pictures of the conversation that are held, in order. */
  pictures: readonly Message[];
  message: Message;
  /** Who sent it, in words. */
  sender: string;
  onGo(message: Message): void;
  onClose(): void;
}

/** One picture of the conversation, whole and as large as it was sent. Esc closes, arrows go on. */
export function PictureViewer({ pictures, message, sender, onGo, onClose }: PictureViewerProps) {
  const { t } = useTranslation("messaging");
  const format = useFormat();
  const words = useErrorWords();
  const direction = useDirection();
  const ref = useRef<HTMLDialogElement>(null);
  const query = useQuery<{ data: string; width: number; height: number }, AppError>({
    queryKey: ["message-picture", message.id],
    queryFn: ({ signal }) => callBig("messaging", "getImage", { messageId: message.id }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  useEffect(() => {
    const dialog = ref.current;
    const before = document.activeElement;
    if (dialog && !dialog.open) dialog.showModal();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  const at = pictures.findIndex(({ id }) => id === message.id);
  const go = (by: number) => {
    const next = pictures[at + by];
    if (next) onGo(next);
  };
  const forward = direction === "rtl" ? "ArrowLeft" : "ArrowRight";
  const back = direction === "rtl" ? "ArrowRight" : "ArrowLeft";
  const day = format.date(format.dayOf(message.sentAt));
  const when = `${day} ${format.time(message.sentAt)}`;
  return (
    <dialog
      ref={ref}
      className={styles.viewer}
      aria-label={t("picture.title", { name: sender, when })}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onKeyDown={(event) => {
        // Inside an enlarged picture the arrows scroll it.
        if (event.target instanceof HTMLElement && event.target.scrollWidth > event.target.clientWidth) return;
        if (event.key === forward) go(1);
        else if (event.key === back) go(-1);
      }}
    >
      <header className={styles.head}>
        <h2 className={styles.title}>
          <bdi>{sender}</bdi>
          <span className={styles.facts}>
            <bdi>{when}</bdi>
            {message.image && (
              <>
                <Num>{format.bytes(message.image.bytes)}</Num>
                <Num>{`${message.image.width} × ${message.image.height}`}</Num>
              </>
            )}
          </span>
        </h2>
        <IconButton
          label={t("picture.previous")}
          icon={<IconChevronLeft size={20} className="flip" />}
          disabled={at <= 0}
          onClick={() => go(-1)}
        />
        <Num className={styles.place}>{`${at + 1} / ${pictures.length}`}</Num>
        <IconButton
          label={t("picture.next")}
          icon={<IconChevronRight size={20} className="flip" />}
          disabled={at < 0 || at >= pictures.length - 1}
          onClick={() => go(1)}
        />
        <IconButton label={t("picture.close")} icon={<IconX size={20} />} autoFocus onClick={onClose} />
      </header>
      <div className={styles.body}>
        {query.data ? (
          <ZoomImage key={message.id} src={`data:image/jpeg;base64,${query.data.data}`} alt={t("picture.title", { name: sender, when })} />
        ) : query.error ? (
          <ErrorState {...words(query.error)} onRetry={() => void query.refetch()} />
        ) : (
          <div className={styles.wait} aria-busy="true" role="status" aria-label={t("picture.loading")}>
            {message.image && <img className={styles.preview} src={message.image.thumbnail} alt="" />}
          </div>
        )}
      </div>
      {message.text && (
        <p className={styles.words} dir="auto">
          {message.text}
        </p>
      )}
    </dialog>
  );
}
