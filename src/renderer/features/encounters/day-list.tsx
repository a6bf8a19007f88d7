import { TextInput } from "@mantine/core";
import { addDays } from "@renderer/lib/clinic-time.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useFormat, useToday } from "@renderer/lib/use-format.ts";
import { Button, EmptyState, IconButton, ListPane, Loaded, Notice, Tabs } from "@renderer/ui/index.ts";
import { IconCalendarOff, IconChevronLeft, IconChevronRight, IconFilter, IconHourglass, IconSortAscending } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { DayRows } from "./day-rows.tsx";
import { breaksOf, countsOf, type DaySort, type DayTab, shownItems } from "./day-rules.ts";
import styles from "./today.module.css";
import type { DayAppointment } from "./types.ts";
import type { WorkDay } from "./use-day.ts";

const TABS: readonly DayTab[] = ["all", "waiting", "done", "open"];

interface DayListProps {
  work: WorkDay;
  selected: string | undefined;
  onDay(day: string): void;
  onOpen(item: DayAppointment): void;
  /** What F9 does, and to whom. */
  next: { item: DayAppointment | undefined; busy: boolean; act(): void; problem: string | null };
}

/** The day of this doctor, or of all: who is booked, here, in the room, done. */
export function DayList({ work, selected, onDay, onOpen, next }: DayListProps) {
  const { t } = useTranslation("encounters");
  const words = useErrorWords();
  const format = useFormat();
  const today = useToday();
  const [tab, setTab] = useState<DayTab>("all");
  const [sort, setSort] = useState<DaySort>("time");
  const [text, setText] = useState<string | null>(null);
  const { day, query } = work;
  const items = query.data?.items ?? [];
  const counts = countsOf(items);
  const isToday = day === today;
  return (
    <ListPane
      label={t("day.label")}
      title={
        isToday ? (
          t("day.today")
        ) : (
          <button type="button" className={styles.dayTitle} onClick={() => onDay(today)} aria-label={t("day.toToday")}>
            {format.dayShort(day)}
          </button>
        )
      }
      detail={t("day.patients", { count: items.length })}
      actions={
        <span className={styles.tight}>
          <IconButton
            label={t("day.before")}
            icon={<IconChevronLeft size={20} className="flip" />}
            onClick={() => onDay(addDays(day, -1))}
          />
          <IconButton
            label={t("day.after")}
            icon={<IconChevronRight size={20} className="flip" />}
            onClick={() => onDay(addDays(day, 1))}
          />
          <IconButton
            label={t("day.filter")}
            icon={<IconFilter size={20} />}
            aria-pressed={text !== null}
            onClick={() => setText(text === null ? "" : null)}
          />
          <IconButton
            label={sort === "time" ? t("day.sortByWaiting") : t("day.sortByTime")}
            icon={sort === "time" ? <IconHourglass size={20} /> : <IconSortAscending size={20} />}
            onClick={() => setSort(sort === "time" ? "waiting" : "time")}
          />
        </span>
      }
      tools={
        <>
          {text !== null && (
            <TextInput
              aria-label={t("day.filter")}
              placeholder={t("day.filterHint")}
              value={text}
              autoFocus
              onChange={(event) => setText(event.currentTarget.value)}
              onKeyDown={(event) => event.key === "Escape" && setText(null)}
            />
          )}
          <Tabs<DayTab>
            label={t("day.tabs.label")}
            items={TABS.map((value) => ({ value, label: t(`day.tabs.${value}`), count: counts[value] }))}
            value={tab}
            onChange={setTab}
          />
        </>
      }
      foot={
        <Button wide keys="F9" disabled={!next.item} busy={next.busy} className={styles.next} onClick={next.act}>
          {next.item ? (
            <>
              {t("day.next")}{" "}
              <bdi>
                {next.item.patient.givenName} {next.item.patient.familyName}
              </bdi>
            </>
          ) : (
            t("day.nobodyWaits")
          )}
        </Button>
      }
    >
      {next.problem && <Notice tone="error">{next.problem}</Notice>}
      <Loaded query={query} words={words}>
        {(data) => {
          const shown = shownItems(data.items, { tab, text: text ?? "", sort });
          const whole = tab === "all" && sort === "time" && !text && work.doctorId !== undefined;
          if (shown.length === 0) {
            return (
              <EmptyState icon={<IconCalendarOff size={32} aria-hidden="true" />} title={t(text ? "day.noMatch" : `day.none.${tab}`)}>
                {data.items.length === 0 ? t("day.noneHint") : undefined}
              </EmptyState>
            );
          }
          return (
            <DayRows
              items={shown}
              breaks={whole ? breaksOf(data.hours) : []}
              selected={selected}
              onOpen={onOpen}
              showDoctor={!work.doctorId}
            />
          );
        }}
      </Loaded>
    </ListPane>
  );
}
