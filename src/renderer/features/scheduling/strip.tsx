import { useFormat } from "@renderer/lib/use-format.ts";
import { Num } from "@renderer/ui/index.ts";
import { type CSSProperties, type PointerEvent, useRef } from "react";
import { useTranslation } from "react-i18next";
import styles from "./desk.module.css";
import { snap } from "./layout.ts";
import { STATUS_LOOK } from "./status.tsx";
import { type DayAppointment, type Place, useBoard } from "./store.ts";

// A hand that trembles is not a drag.
const DRAG_AFTER = 6;
// A strip of this length has room for a second line.
const TWO_LINES_MINUTES = 25;

interface StripProps {
  appointment: DayAppointment;
  style: CSSProperties;
  range: { from: number; to: number };
  selected: boolean;
  onOpen(): void;
  onDrop(appointment: DayAppointment, place: Place): void;
}

function placeUnder(event: PointerEvent, range: { from: number; to: number }): Place | null {
  const column = document
    .elementsFromPoint(event.clientX, event.clientY)
    .map((element) => element.closest<HTMLElement>("[data-doctor]"))
    .find((element) => element !== null);
  if (!column?.dataset.doctor) return null;
  const box = column.getBoundingClientRect();
  return { doctorId: column.dataset.doctor, minute: snap((event.clientY - box.top) / box.height, range, Number(column.dataset.slot)) };
}

/** One appointment on the board: opens on click or Enter; a booked one can be dragged to another time or doctor. */
export function Strip({ appointment, style, range, selected, onOpen, onDrop }: StripProps) {
  const { t } = useTranslation("scheduling");
  const format = useFormat();
  const pressed = useRef<{ x: number; y: number; dragging: boolean } | null>(null);
  const drag = useBoard((state) => state.drag);
  const moving = useBoard((state) => state.dragging?.appointment.id === appointment.id);
  const look = STATUS_LOOK[appointment.status];
  const Icon = look.icon;
  const minutes = (Date.parse(appointment.endsAt) - Date.parse(appointment.startsAt)) / 60_000;
  const name = `${appointment.patient.givenName} ${appointment.patient.familyName}`;
  const end = (event: PointerEvent<HTMLButtonElement>, kept: boolean) => {
    const wasDragging = pressed.current?.dragging ?? false;
    const over = useBoard.getState().dragging?.over;
    pressed.current = null;
    drag(null);
    if (!wasDragging) return;
    event.preventDefault();
    if (kept && over) onDrop(appointment, over);
  };
  const wasDrag = useRef(false);
  return (
    <li className={styles.place} style={style}>
      <button
        type="button"
        className={styles.strip}
        data-status={appointment.status}
        data-moving={moving || undefined}
        data-two={minutes >= TWO_LINES_MINUTES || undefined}
        aria-current={selected ? "true" : undefined}
        aria-label={`${format.time(appointment.startsAt)} ${name}, ${t(`status.${appointment.status}`)}`}
        onClick={() => {
          if (!wasDrag.current) onOpen();
          wasDrag.current = false;
        }}
        onPointerDown={(event) => {
          wasDrag.current = false;
          if (appointment.status !== "booked" || event.button !== 0) return;
          pressed.current = { x: event.clientX, y: event.clientY, dragging: false };
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerMove={(event) => {
          const start = pressed.current;
          if (!start) return;
          if (!start.dragging && Math.hypot(event.clientX - start.x, event.clientY - start.y) < DRAG_AFTER) return;
          start.dragging = true;
          wasDrag.current = true;
          drag({ appointment, over: placeUnder(event, range) });
        }}
        onPointerUp={(event) => end(event, true)}
        onPointerCancel={(event) => end(event, false)}
      >
        <Icon size={16} aria-hidden="true" />
        <span className={styles.stripWords}>
          <span className={styles.stripName}>
            <bdi>{name}</bdi>
          </span>
          {minutes >= TWO_LINES_MINUTES && appointment.reason && <bdi className={styles.stripReason}>{appointment.reason}</bdi>}
        </span>
        <span className={styles.stripEnd}>
          {minutes >= TWO_LINES_MINUTES && <Num>{format.time(appointment.startsAt)}</Num>}
          <span>{t(`status.${appointment.status}`)}</span>
        </span>
      </button>
    </li>
  );
}
