import type { RouteOutput } from "@renderer/lib/api.ts";
import { useClinic } from "@renderer/lib/clinic-store.ts";
import { minutesIntoDay } from "@renderer/lib/clinic-time.ts";
import { useLocalName } from "@renderer/lib/use-format.ts";
import { Num } from "@renderer/ui/index.ts";
import { IconArrowBarDown } from "@tabler/icons-react";
import { type CSSProperties, type MouseEvent, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { ClosedTime } from "./closed-time.tsx";
import styles from "./desk.module.css";
import { closedTimes, lanesOf, snap, wallTime } from "./layout.ts";
import { type DayAppointment, type Doctor, type Place, useBoard } from "./store.ts";
import { Strip } from "./strip.tsx";

interface BoardColumnProps {
  doctor: Doctor;
  day: string;
  range: { from: number; to: number };
  items: readonly DayAppointment[];
  hours: RouteOutput<"scheduling", "listDay">["hours"];
  selected: string | undefined;
  onOpen(id: string): void;
  onWant(place: Place): void;
  onDrop(appointment: DayAppointment, place: Place): void;
}

/** One doctor's day: open hours, strips, and the place a dragged strip would take. */
export function BoardColumn({ doctor, range, items, hours, selected, onOpen, onWant, onDrop }: BoardColumnProps) {
  const { t } = useTranslation("scheduling");
  const local = useLocalName();
  const timeZone = useClinic((state) => state.timeZone);
  const lanes = useMemo(() => lanesOf(items), [items]);
  const place = (startsAt: string, endsAt: string) => {
    const start = minutesIntoDay(startsAt, timeZone);
    const length = (Date.parse(endsAt) - Date.parse(startsAt)) / 60_000;
    return { "--at": start - range.from, "--length": Math.min(length, range.to - start) } as CSSProperties;
  };
  const name = local(doctor.name, doctor.nameAr);
  const closed = useMemo(() => {
    const open = hours.map((interval) => {
      const from = minutesIntoDay(interval.startsAt, timeZone);
      return { from, to: from + (Date.parse(interval.endsAt) - Date.parse(interval.startsAt)) / 60_000 };
    });
    return closedTimes(open, range);
  }, [hours, range, timeZone]);
  const touch = (event: MouseEvent<HTMLButtonElement>) => {
    const column = event.currentTarget.parentElement?.getBoundingClientRect();
    if (column) onWant({ doctorId: doctor.id, minute: snap((event.clientY - column.top) / column.height, range, doctor.slotMinutes) });
  };
  return (
    <div
      className={styles.column}
      data-doctor={doctor.id}
      data-slot={doctor.slotMinutes}
      style={{ "--minutes": range.to - range.from } as CSSProperties}
    >
      {hours.map((interval) => (
        <button
          key={interval.startsAt}
          type="button"
          tabIndex={-1}
          className={styles.open}
          style={place(interval.startsAt, interval.endsAt)}
          aria-label={t("bookWith", { name })}
          onClick={touch}
        />
      ))}
      {closed.map((time) => (
        <ClosedTime
          key={time.from}
          closed={time}
          style={{ "--at": time.from - range.from, "--length": time.to - time.from } as CSSProperties}
          onTouch={touch}
        />
      ))}
      <ul className={styles.strips} aria-label={name}>
        {items.map((item) => (
          <Strip
            key={item.id}
            appointment={item}
            style={
              {
                ...place(item.startsAt, item.endsAt),
                "--lane": lanes.get(item.id)?.lane ?? 0,
                "--lanes": lanes.get(item.id)?.lanes ?? 1,
              } as CSSProperties
            }
            range={range}
            selected={item.id === selected}
            onOpen={() => onOpen(item.id)}
            onDrop={onDrop}
          />
        ))}
      </ul>
      <DropPlace doctorId={doctor.id} range={range} />
    </div>
  );
}

function DropPlace({ doctorId, range }: { doctorId: string; range: { from: number; to: number } }) {
  const { t } = useTranslation("scheduling");
  const dragging = useBoard((state) => state.dragging);
  if (dragging?.over?.doctorId !== doctorId) return null;
  const { appointment, over } = dragging;
  const length = (Date.parse(appointment.endsAt) - Date.parse(appointment.startsAt)) / 60_000;
  return (
    <div className={styles.drop} style={{ "--at": over.minute - range.from, "--length": length } as CSSProperties}>
      <IconArrowBarDown size={16} aria-hidden="true" />
      <span>{t("dropTo")}</span> <Num>{wallTime(over.minute)}</Num>
    </div>
  );
}
