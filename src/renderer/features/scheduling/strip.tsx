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
const TWO_LINES_MINUTES = 20;
// This near to the board's edge a drag scrolls it.
const EDGE = 40;
const EDGE_STEP = 24;

interface StripProps {
  appointment: DayAppointment;
  style: CSSProperties;
  range: { from: number; to: number };
  selected: boolean;
  onOpen(): void;
  onDrop(appointment: DayAppointment, place: Place): void;
}

function scrollAtEdge(event: PointerEvent<HTMLElement>): void {
  const board = event.currentTarget.closest<HTMLElement>("[data-board]");
  if (!board) return;
  const { top, bottom } = board.getBoundingClientRect();
  if (event.clientY > bottom - EDGE) board.scrollBy({ top: EDGE_STEP });
  else if (event.clientY < top + EDGE * 2) board.scrollBy({ top: -EDGE_STEP });
}

/** The column and slot under the strip's own beginning, wherever in the strip the hand took hold. */
function placeUnder(event: PointerEvent, grabbed: number, range: { from: number; to: number }): Place | null {
  const column = document
    .elementsFromPoint(event.clientX, event.clientY)
    .map((element) => element.closest<HTMLElement>("[data-doctor]"))
    .find((element) => element !== null);
  if (!column?.dataset.doctor) return null;
  const box = column.getBoundingClientRect();
  const slotMinutes = Number(column.dataset.slot);
  const halfSlot = (slotMinutes / 2 / (range.to - range.from)) * box.height;
  const start = (event.clientY - grabbed + halfSlot - box.top) / box.height;
  return { doctorId: column.dataset.doctor, minute: snap(start, range, slotMinutes) };
}

/** One appointment on the board: opens on click or Enter; a booked one can be dragged to another time or doctor. */
export function Strip({ appointment, style, range, selected, onOpen, onDrop }: StripProps) {
  const { t } = useTranslation("scheduling");
  const format = useFormat();
  const pressed = useRef<{ x: number; y: number; grabbed: number; dragging: boolean } | null>(null);
  const drag = useBoard((state) => state.drag);
  const moving = useBoard((state) => state.dragging?.appointment.id === appointment.id);
  const look = STATUS_LOOK[appointment.status];
  const Icon = look.icon;
  const two = Date.parse(appointment.endsAt) - Date.parse(appointment.startsAt) >= TWO_LINES_MINUTES * 60_000;
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
        data-two={two || undefined}
        aria-current={selected ? "true" : undefined}
        onClick={() => {
          if (!wasDrag.current) onOpen();
          wasDrag.current = false;
        }}
        onPointerDown={(event) => {
          wasDrag.current = false;
          if (appointment.status !== "booked" || event.button !== 0) return;
          const { top } = event.currentTarget.getBoundingClientRect();
          pressed.current = { x: event.clientX, y: event.clientY, grabbed: event.clientY - top, dragging: false };
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerMove={(event) => {
          const start = pressed.current;
          if (!start) return;
          if (!start.dragging && Math.hypot(event.clientX - start.x, event.clientY - start.y) < DRAG_AFTER) return;
          start.dragging = true;
          wasDrag.current = true;
          scrollAtEdge(event);
          drag({ appointment, over: placeUnder(event, start.grabbed, range) });
        }}
        onPointerUp={(event) => end(event, true)}
        onPointerCancel={(event) => end(event, false)}
      >
        <Icon size={16} aria-hidden="true" />
        <bdi className={styles.stripName}>{name}</bdi>
        <Num className={two ? styles.stripTime : "visually-hidden"}>{format.time(appointment.startsAt)}</Num>
        {two && <bdi className={styles.stripReason}>{appointment.reason}</bdi>}
        <span className={styles.stripStatus}>{t(`status.${appointment.status}`)}</span>
      </button>
    </li>
  );
}
