import { useFormat, useToday } from "@renderer/lib/use-format.ts";
import { Num, Row, Rows } from "@renderer/ui/index.ts";
import { useTranslation } from "react-i18next";
import { useDrafts } from "./drafts.ts";
import { LastWords } from "./last-words.tsx";
import styles from "./messages.module.css";
import { type Conversation, otherOf } from "./types.ts";

const WEEK_MS = 6 * 86_400_000;

/** When it was: the time today, the weekday within the week, else the day. */
export function useWhen(): (instant: string) => string {
  const format = useFormat();
  const today = useToday();
  return (instant) => {
    const day = format.dayOf(instant);
    if (day === today) return format.time(instant);
    return Date.parse(today) - Date.parse(day) <= WEEK_MS ? format.weekdayShort(day) : format.date(day);
  };
}

/** How many are unread, in a mark that is also said in words. */
export function UnreadCount({ count }: { count: number }) {
  const { t } = useTranslation("messaging");
  if (count === 0) return null;
  return (
    <span className={styles.count}>
      <span className="visually-hidden">{t("list.unreadCount", { count })}</span>
      <Num>
        <span aria-hidden="true">{count > 99 ? "99+" : count}</span>
      </Num>
    </span>
  );
}

interface ConversationRowsProps {
  items: readonly Conversation[];
  me: string;
  selected: string | undefined;
  onOpen(id: string): void;
}

/** Conversations as rows: with whom, when, what was said last, how much is unread. */
export function ConversationRows({ items, me, selected, onOpen }: ConversationRowsProps) {
  const { t } = useTranslation("messaging");
  const when = useWhen();
  const drafts = useDrafts((state) => state.drafts);
  return (
    <Rows label={t("list.label")}>
      {items.map((item) => {
        const other = otherOf(item, me);
        const draft = item.id === selected ? undefined : drafts[item.id];
        const words = <LastWords last={item.last} draft={draft?.text} me={me} />;
        return (
          <Row
            key={item.id}
            title={<bdi>{other?.displayName ?? t("somebody")}</bdi>}
            detail={item.unread > 0 ? <strong className={styles.unreadWords}>{words}</strong> : words}
            end={item.last ? <span className={styles.when}>{when(item.lastActivityAt)}</span> : undefined}
            // An empty second line keeps the time beside the name.
            endDetail={item.unread > 0 ? <UnreadCount count={item.unread} /> : "\u00a0"}
            selected={item.id === selected}
            onSelect={() => onOpen(item.id)}
          />
        );
      })}
    </Rows>
  );
}
