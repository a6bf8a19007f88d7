import { useDebouncedValue } from "@mantine/hooks";
import { callRoute, routeKey } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useFormat, useNow } from "@renderer/lib/use-format.ts";
import { Button, EmptyState, ErrorState, IconButton, Num, Skeleton, StatusWord } from "@renderer/ui/index.ts";
import { IconBan, IconPlayerPlay, IconPlayerStop } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { HistoryItem } from "../types.ts";
import { SearchField } from "./search-field.tsx";
import styles from "./side.module.css";

const PAGE = 50;

interface HistoryTabProps {
  /** The run whose text stands in the editor. */
  current: string | null;
  onLoad(item: HistoryItem): void;
  onRerun(item: HistoryItem): void;
}

/** What I ran, newest first, also what was refused: a press brings it back. */
export function HistoryTab({ current, onLoad, onRerun }: HistoryTabProps) {
  const { t } = useTranslation("research");
  const words = useErrorWords();
  const [typed, setTyped] = useState("");
  const [text] = useDebouncedValue(typed.trim(), 250);
  const query = useInfiniteQuery({
    queryKey: [...routeKey("research", "listHistory"), text],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      callRoute("research", "listHistory", { text: text || undefined, before: pageParam, limit: PAGE }, signal),
    getNextPageParam: ({ items }) => (items.length < PAGE ? undefined : items.at(-1)?.at),
  });
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <SearchField label={t("history.search")} value={typed} onChange={setTyped} />
      {query.error && items.length === 0 ? (
        <ErrorState {...words(query.error)} onRetry={() => void query.refetch()} />
      ) : query.isPending ? (
        <Skeleton lines={8} tall />
      ) : items.length === 0 ? (
        <EmptyState title={text ? t("history.noneFound") : t("history.none")}>{t("history.noneHint")}</EmptyState>
      ) : (
        <ul aria-label={t("history.title")}>
          {items.map((item) => (
            <HistoryRow key={item.queryId} item={item} current={item.queryId === current} onLoad={onLoad} onRerun={onRerun} />
          ))}
        </ul>
      )}
      {query.hasNextPage && (
        <div className={styles.more}>
          <Button variant="quiet" busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t("history.older")}
          </Button>
        </div>
      )}
    </>
  );
}

/** The text in one line, a comment at its beginning as its name. */
function headOf(cypher: string): { name: string | null; line: string } {
  const lines = cypher.trim().split("\n");
  const comment = /^\s*\/\/\s*(.*)$/.exec(lines[0] ?? "")?.[1];
  const code = lines.filter((text) => !/^\s*\/\//.test(text)).join(" ");
  return { name: comment || null, line: (code || cypher).replace(/\s+/g, " ").trim() };
}

interface HistoryRowProps extends Omit<HistoryTabProps, "current"> {
  item: HistoryItem;
  current: boolean;
}

function HistoryRow({ item, current, onLoad, onRerun }: HistoryRowProps) {
  const { t } = useTranslation("research");
  const { name, line } = headOf(item.cypher);
  return (
    <li className={styles.item} data-current={current || undefined}>
      <button type="button" className={styles.main} aria-current={current || undefined} onClick={() => onLoad(item)}>
        {name && (
          <span className={styles.name}>
            <bdi>{name}</bdi>
          </span>
        )}
        <Num className={styles.cypher}>{line}</Num>
        <span className={styles.facts}>
          <When at={item.at} />
          <Outcome item={item} />
        </span>
      </button>
      <IconButton
        className={styles.again}
        label={t("history.rerun")}
        icon={<IconPlayerPlay size={16} className="flip" />}
        onClick={() => onRerun(item)}
      />
    </li>
  );
}

function When({ at }: { at: string }) {
  const format = useFormat();
  const today = format.dayOf(useNow());
  const day = format.dayOf(at);
  return <span>{day === today ? format.time(at) : `${format.dayShort(day)} ${format.time(at)}`}</span>;
}

function Outcome({ item }: { item: HistoryItem }) {
  const { t } = useTranslation("research");
  const format = useFormat();
  const { outcome, code, construct, rows, durationMs } = item;
  if (outcome === "ok")
    return (
      <span>
        {t("results.rows", { count: rows ?? 0, rows: format.number(rows ?? 0) })}
        {durationMs !== null && (
          <>
            {t("history.comma")}
            <Num>{`${format.number(Math.max(1, Math.round(durationMs)))} ms`}</Num>
          </>
        )}
      </span>
    );
  if (outcome === "cancelled")
    return (
      <StatusWord tone="dimmed" icon={<IconPlayerStop size={16} aria-hidden="true" />}>
        {t("history.cancelled")}
      </StatusWord>
    );
  return (
    <StatusWord tone="dimmed" icon={<IconBan size={16} aria-hidden="true" />}>
      {t(`history.reasons.${reasonOf(code)}`)} {construct && <Num className={styles.construct}>{construct}</Num>}
    </StatusWord>
  );
}

const REASONS = ["not-read-only", "syntax", "unsupported-construct", "timeout", "too-large"] as const;
const reasonOf = (code: string | null) => REASONS.find((reason) => reason === code) ?? "other";
