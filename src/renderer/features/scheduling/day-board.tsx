import type { RouteOutput } from "@renderer/lib/api.ts";
import { useClinic } from "@renderer/lib/clinic-store.ts";
import { minutesIntoDay } from "@renderer/lib/clinic-time.ts";
import { useFormat, useLocalName, useNow } from "@renderer/lib/use-format.ts";
import { EmptyState, Num } from "@renderer/ui/index.ts";
import { useMemo } from "react";
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
  const local = useLocalName();
  const timeZone = useClinic((state) => state.timeZone);
  const range = useMemo(() => boardRange([...hours, ...items], timeZone), [hours, items, timeZone]);
  const live = useMemo(() => items.filter((item) => item.status !== "cancelled"), [items]);
  const move = useMove(day);
  if (doctors.length === 0) return <EmptyState title={t("noDoctors")}>{t("noDoctorsHint")}</EmptyState>;
  const lines = Array.from({ length: (range.to - range.from) / 15 }, (_, line) => range.from + line * 15);
  return (
    <div className={styles.board}>
      {move.refused && <MoveRefused move={move} />}
      <div className={styles.heads}>
        <span className={styles.gutterHead} />
        {doctors.map((doctor) => (
          <div key={doctor.id} className={styles.head}>
            <strong>{local(doctor.name, doctor.nameAr)}</strong>
            <span className={styles.headDetail}>
              <span>{local(doctor.departmentName, doctor.departmentNameAr)}</span>
              {doctor.room && (
                <span>
                  {t("room")} <Num>{doctor.room}</Num>
                </span>
              )}
            </span>
          </div>
        ))}
      </div>
      <div className={styles.grid}>
        <div className={styles.gutter} aria-hidden="true">
          {lines.map((minute) => (
            <span key={minute} className={styles.tick} data-hour={minute % 60 === 0 || undefined}>
              <Num>{minute % 60 === 0 ? wallTime(minute) : `:${wallTime(minute).slice(3)}`}</Num>
            </span>
          ))}
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
        <NowLine day={day} range={range} />
      </div>
    </div>
  );
}

function NowLine({ day, range }: { day: string; range: { from: number; to: number } }) {
  const format = useFormat();
  const timeZone = useClinic((state) => state.timeZone);
  const now = useNow(30_000);
  const minute = minutesIntoDay(now.toISOString(), timeZone);
  if (format.dayOf(now) !== day || minute < range.from || minute >= range.to) return null;
  return (
    <div className={styles.now} style={{ "--at": minute - range.from } as React.CSSProperties} aria-hidden="true">
      <Num className={styles.nowTime}>{format.time(now)}</Num>
    </div>
  );
}
