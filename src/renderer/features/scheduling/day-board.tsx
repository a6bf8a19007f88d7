import type { RouteOutput } from "@renderer/lib/api.ts";
import { useClinic } from "@renderer/lib/clinic-store.ts";
import { minutesIntoDay, utcOffset } from "@renderer/lib/clinic-time.ts";
import { useFormat, useLocalName, useNow } from "@renderer/lib/use-format.ts";
import { EmptyState, Num } from "@renderer/ui/index.ts";
import { type CSSProperties, useLayoutEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { BoardColumn } from "./board-column.tsx";
import styles from "./desk.module.css";
import { boardRange, wallTime } from "./layout.ts";
import { MoveRefused } from "./move-refused.tsx";
import type { DayAppointment, Doctor, Place } from "./store.ts";
import { useMove } from "./use-move.ts";

interface DayBoardProps {
  day: string;
  doctors: readonly Doctor[];
  items: readonly DayAppointment[];
  hours: RouteOutput<"scheduling", "listDay">["hours"];
  selected: string | undefined;
  onOpen(id: string): void;
  onWant(place: Place): void;
}

/** Doctors side by side on one time axis; strips are dragged to move, empty time is touched to book. */
export function DayBoard({ day, doctors, items, hours, selected, onOpen, onWant }: DayBoardProps) {
  const { t } = useTranslation("scheduling");
  const timeZone = useClinic((state) => state.timeZone);
  const range = useMemo(() => boardRange([...hours, ...items], timeZone), [hours, items, timeZone]);
  const live = useMemo(() => items.filter((item) => item.status !== "cancelled"), [items]);
  const move = useMove(day);
  const now = useNowMinute(day, range);
  const at = (minute: number) => ({ "--at": minute - range.from }) as CSSProperties;
  const board = useRef<HTMLDivElement>(null);
  const shown = doctors.length > 0 ? day : null;
  // The day opens with the present a third down; afterwards the board stays where the eye left it.
  const opensAt = useRef(0);
  opensAt.current = now === null ? 0 : (now - range.from) / (range.to - range.from);
  useLayoutEffect(() => {
    const element = board.current;
    if (shown && element) element.scrollTop = opensAt.current * element.scrollHeight - element.clientHeight / 3;
  }, [shown]);
  if (doctors.length === 0) return <EmptyState title={t("noDoctors")}>{t("noDoctorsHint")}</EmptyState>;
  const lines = Array.from({ length: (range.to - range.from) / 15 }, (_, line) => range.from + line * 15);
  return (
    <div className={styles.day}>
      {move.refused && <MoveRefused move={move} />}
      <div className={styles.board} data-board="" ref={board}>
        <div className={styles.heads}>
          <span className={styles.gutterHead}>
            <Num>{utcOffset(day, timeZone)}</Num>
          </span>
          {doctors.map((doctor) => (
            <DoctorHead key={doctor.id} doctor={doctor} />
          ))}
        </div>
        <div className={styles.grid}>
          <div className={styles.gutter} aria-hidden="true">
            {lines.map((minute) => (
              <span key={minute} className={styles.tick} data-hour={minute % 60 === 0 || undefined}>
                <Num>{minute % 60 === 0 ? wallTime(minute) : `:${wallTime(minute).slice(3)}`}</Num>
              </span>
            ))}
            {now !== null && (
              <Num className={styles.nowTime} style={at(now)}>
                {wallTime(now)}
              </Num>
            )}
          </div>
          {doctors.map((doctor) => (
            <BoardColumn
              key={doctor.id}
              doctor={doctor}
              day={day}
              range={range}
              items={live.filter((item) => item.doctorId === doctor.id)}
              hours={hours.filter((interval) => interval.doctorId === doctor.id)}
              selected={selected}
              onOpen={onOpen}
              onWant={onWant}
              onDrop={move.drop}
            />
          ))}
          {now !== null && <div className={styles.now} style={at(now)} aria-hidden="true" />}
        </div>
      </div>
    </div>
  );
}

function DoctorHead({ doctor }: { doctor: Doctor }) {
  const { t } = useTranslation("scheduling");
  const local = useLocalName();
  return (
    <div className={styles.head}>
      <strong>
        <bdi>{local(doctor.name, doctor.nameAr)}</bdi>
      </strong>
      <span className={styles.headDetail}>
        <bdi>{local(doctor.departmentName, doctor.departmentNameAr)}</bdi>
        {doctor.room && (
          <span>
            {t("room")} <Num>{doctor.room}</Num>
          </span>
        )}
      </span>
    </div>
  );
}

/** The minute of the day it is now, while the board shows it. */
function useNowMinute(day: string, range: { from: number; to: number }): number | null {
  const format = useFormat();
  const timeZone = useClinic((state) => state.timeZone);
  const now = useNow(30_000);
  const minute = minutesIntoDay(now.toISOString(), timeZone);
  return format.dayOf(now) === day && minute >= range.from && minute < range.to ? minute : null;
}
