import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useUser } from "@renderer/lib/session-store.ts";
import { ErrorState, Notice, Skeleton, toast } from "@renderer/ui/index.ts";
import { IconPhotoDown } from "@tabler/icons-react";
import { type DragEvent, useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Composer } from "./composer.tsx";
import { MessageMenu } from "./message-menu.tsx";
import styles from "./messages.module.css";
import { PictureViewer } from "./picture-viewer.tsx";
import { openThread } from "./thread-store.ts";
import { ThreadView } from "./thread-view.tsx";
import { choosePictures } from "./tray.ts";
import { type Message, otherOf, readByOther, type Conversation as Talk } from "./types.ts";
import { useMessagesAddress } from "./use-address.ts";
import { useReading, useThread } from "./use-thread.ts";
import { WithdrawDialog } from "./withdraw-dialog.tsx";

interface ConversationProps {
  conversation: Talk;
  touch?: boolean;
  onAddToChart?: (message: Message) => void;
}

/** Messages and composer of one conversation, as staff and patients alike see them. Mounted anew for each conversation. */
export function Conversation({ conversation, touch = false, onAddToChart }: ConversationProps) {
  const { t } = useTranslation("messaging");
  const words = useErrorWords();
  const me = useUser();
  const address = useMessagesAddress();
  const { id } = conversation;
  const { thread, problem, outgoing } = useThread(id, me.id);
  const [atEnd, setAtEnd] = useState(true);
  const [picture, setPicture] = useState<Message | null>(null);
  const [withdrawing, setWithdrawing] = useState<Message | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const reading = useReading(conversation, thread, atEnd, me.id);
  const [newFrom] = useState(() => (conversation.unread > 0 ? conversation.seq - conversation.unread + 1 : null));
  const latest = useRef(address);
  latest.current = address;
  const found = useCallback(() => latest.current.found(), []);
  const drop = useDrop((files) => choosePictures(id, files), conversation.canSend);
  const other = otherOf(conversation, me.id);
  useEffect(() => {
    // Whoever opens a conversation writes in it; on a phone that would bring the keyboard up over what is to be read.
    if (!touch) field.current?.focus({ preventScroll: true });
  }, [touch]);
  const keepUnread = (message: Message) => {
    // The list shows it; only what did not work is said.
    reading.keepUnread(message.seq).catch((error) => toast(words(error).message));
  };
  return (
    <section className={styles.conversation} aria-label={t("conversation", { name: other?.displayName ?? "" })} {...drop.handlers}>
      {thread ? (
        <ThreadView
          conversationId={id}
          thread={thread}
          outgoing={outgoing}
          me={me.id}
          readUpTo={readByOther(conversation, me.id)}
          newFrom={newFrom}
          newest={Math.max(conversation.seq, thread.messages.at(-1)?.seq ?? 0)}
          seek={address.seek}
          onFound={found}
          onAtEnd={setAtEnd}
          onPicture={setPicture}
          onAddToChart={onAddToChart}
          menu={(message, mine) => (
            <MessageMenu
              message={message}
              mine={mine}
              onKeepUnread={() => keepUnread(message)}
              onWithdraw={() => setWithdrawing(message)}
            />
          )}
        />
      ) : (
        <div className={styles.waiting}>
          {problem ? <ErrorState {...words(problem)} onRetry={() => void openThread(id)} /> : <Skeleton lines={8} tall />}
        </div>
      )}
      {conversation.canSend ? (
        <Composer conversationId={id} field={field} touch={touch} />
      ) : (
        <div className={styles.closed}>
          <Notice>{t("closed")}</Notice>
        </div>
      )}
      {drop.over && (
        <div className={styles.dropHere} aria-hidden="true">
          <IconPhotoDown size={32} />
          {t("composer.dropHere")}
        </div>
      )}
      {picture && (
        <PictureViewer
          pictures={(thread?.messages ?? []).filter(({ kind, withdrawnAt }) => kind === "image" && withdrawnAt === null)}
          message={picture}
          sender={picture.senderId === me.id ? t("picture.mine") : (other?.displayName ?? t("somebody"))}
          onGo={setPicture}
          onClose={() => setPicture(null)}
        />
      )}
      {withdrawing && <WithdrawDialog message={withdrawing} onClose={() => setWithdrawing(null)} />}
    </section>
  );
}

/** Files dropped anywhere on the conversation. */
function useDrop(take: (files: File[]) => void, active: boolean) {
  const [over, setOver] = useState(false);
  const brings = (event: DragEvent) => active && event.dataTransfer.types.includes("Files");
  const handlers = {
    onDragOver: (event: DragEvent) => {
      if (!brings(event)) return;
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: (event: DragEvent<HTMLElement>) => {
      if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
    },
    onDrop: (event: DragEvent) => {
      if (!brings(event)) return;
      event.preventDefault();
      setOver(false);
      take([...event.dataTransfer.files]);
    },
  };
  return { over, handlers };
}
