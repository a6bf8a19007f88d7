import { useFormat, useToday } from "@renderer/lib/use-format.ts";
import { Button } from "@renderer/ui/index.ts";
import { IconArrowDown } from "@tabler/icons-react";
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Block, blocksOf } from "./blocks.ts";
import { Bubble } from "./bubble.tsx";
import type { Outgoing } from "./outbox.ts";
import { OutgoingBubble } from "./outgoing-bubble.tsx";
import { PictureCard } from "./picture-card.tsx";
import styles from "./thread.module.css";
import { firstSeq, lastSeq, type Thread } from "./thread.ts";
import { jumpTo, jumpToNewest, loadEarlier, loadLater } from "./thread-store.ts";
import type { Message } from "./types.ts";
import { useScroll } from "./use-scroll.ts";

const FOUND_MS = 4_000;

interface ThreadViewProps {
  conversationId: string;
  thread: Thread;
  outgoing: readonly Outgoing[];
  me: string;
  /** How far the other side has read. */
  readUpTo: number;
  newFrom: number | null;
  /** Messages of the conversation, held or not. */
  newest: number;
  /** Number of the message to go to. */
  seek: number | null;
  onFound(): void;
  onAtEnd(atEnd: boolean): void;
  onPicture(message: Message): void;
  onAddToChart?: ((message: Message) => void) | undefined;
  menu(message: Message, mine: boolean): ReactNode;
}

/** The messages of a conversation, oldest at the top. New ones are read aloud. */
export function ThreadView(props: ThreadViewProps) {
  const { conversationId: id, thread, outgoing, me, newFrom, newest } = props;
  const { t } = useTranslation("messaging");
  const format = useFormat();
  const quiet = () => undefined;
  const loads = (load: (id: string) => Promise<void>) => () => void load(id).catch(quiet);
  const tail = `${lastSeq(thread)} ${outgoing.length} ${outgoing.at(-1)?.state ?? ""}`;
  const scroll = useScroll({ first: firstSeq(thread), tail, onTop: loads(loadEarlier), onEnd: loads(loadLater) });
  const { box, atEnd, toEnd } = scroll;
  const found = useSeek(props, scroll);
  const blocks = useMemo(() => blocksOf(thread.messages, { me, dayOf: format.dayOf, newFrom }), [thread.messages, me, format, newFrom]);
  const { onAtEnd } = props;
  useEffect(() => onAtEnd(atEnd), [atEnd, onAtEnd]);
  useEffect(() => {
    // Fewer messages than fit: older ones come without anybody scrolling.
    const element = box.current;
    if (element && thread.hasEarlier && element.scrollHeight <= element.clientHeight) void loadEarlier(id).catch(quiet);
  }, [box, thread, id]);
  const mineCount = outgoing.length;
  const sentBefore = useRef(mineCount);
  useEffect(() => {
    if (mineCount > sentBefore.current) toEnd();
    sentBefore.current = mineCount;
  }, [mineCount, toEnd]);
  const seen = useSeen(atEnd && !thread.hasLater, newest);
  const toNewest = () => void jumpToNewest(id).then(toEnd, quiet);
  return (
    <div className={styles.around}>
      {/* Reachable by Tab, so that the keys scroll it. */}
      <section ref={box} className={styles.thread} tabIndex={0} aria-label={t("message.scroll")} onScroll={scroll.onScroll}>
        <div className={styles.all} role="log" aria-live="polite" aria-relevant="additions" aria-label={t("message.log")}>
          {!thread.hasEarlier && thread.messages.length > 0 && <p className={styles.begin}>{t("message.begin")}</p>}
          {blocks.map((block) => (
            <BlockView key={block.key} block={block} found={found} {...props} />
          ))}
          {thread.messages.length === 0 && outgoing.length === 0 && <p className={styles.begin}>{t("message.none")}</p>}
          {outgoing.map((item) => (
            <OutgoingBubble key={item.clientId} item={item} />
          ))}
        </div>
      </section>
      {(!atEnd || thread.hasLater) && (
        <div className={styles.jump}>
          <Button icon={<IconArrowDown size={16} aria-hidden="true" />} onClick={toNewest}>
            {newest > seen ? t("message.newCount", { count: newest - seen }) : t("message.toNewest")}
          </Button>
        </div>
      )}
    </div>
  );
}

/** Number of the newest message that was in sight. */
function useSeen(inSight: boolean, newest: number): number {
  const [seen, setSeen] = useState(newest);
  if (inSight && seen !== newest) setSeen(newest);
  return inSight ? newest : seen;
}

/** Goes to the message that is sought and marks it for a while; else, once, to where the new ones begin. */
function useSeek({ conversationId, seek, thread, newFrom, onFound }: ThreadViewProps, scroll: ReturnType<typeof useScroll>) {
  const { show, stay } = scroll;
  const [found, setFound] = useState<number | null>(null);
  const [toNew, setToNew] = useState(newFrom !== null && seek === null);
  useEffect(() => {
    if (!toNew || newFrom === null) return;
    if (show("new", "center")) setToNew(false);
    else {
      void jumpTo(conversationId, newFrom).catch(() => {
        stay();
        setToNew(false);
      });
    }
  }, [toNew, newFrom, thread, conversationId, show, stay]);
  useEffect(() => {
    if (seek === null) return;
    setToNew(false);
    if (!show(String(seek), "center")) {
      void jumpTo(conversationId, seek).catch(() => {
        stay();
        onFound();
      });
      return;
    }
    setFound(seek);
    onFound();
  }, [seek, thread, conversationId, show, stay, onFound]);
  useEffect(() => {
    if (found === null) return;
    const timer = setTimeout(() => setFound(null), FOUND_MS);
    return () => clearTimeout(timer);
  }, [found]);
  return found;
}

function BlockView({ block, found, ...props }: { block: Block; found: number | null } & ThreadViewProps) {
  const { t } = useTranslation("messaging");
  const format = useFormat();
  const today = useToday();
  if (block.type === "day") {
    const words = format.dayShort(block.day);
    return <p className={styles.day}>{block.day === today ? t("message.today", { day: words }) : words}</p>;
  }
  if (block.type === "new") {
    return (
      <p className={styles.new} data-at="new">
        {t("message.newHere")}
      </p>
    );
  }
  const shared = (message: Message) => ({
    message,
    mine: block.mine,
    read: message.seq <= props.readUpTo,
    highlighted: message.seq === found,
    menu: props.menu(message, block.mine),
  });
  if (block.type === "message") return <Bubble {...shared(block.message)} />;
  const { onAddToChart } = props;
  return (
    <div className={styles.pictures} data-mine={block.mine || undefined}>
      {block.messages.map((message) => (
        <PictureCard
          key={message.id}
          {...shared(message)}
          onOpen={() => props.onPicture(message)}
          onAddToChart={onAddToChart && (() => onAddToChart(message))}
        />
      ))}
    </div>
  );
}
