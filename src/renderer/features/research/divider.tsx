import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import styles from "./research.module.css";

interface DividerProps {
  label: string;
  /** Which way its two sides lie: beside, or above one another. */
  between: "rows" | "columns";
  /** Share of the first side in hundredths. */
  value: number;
  onChange(value: number): void;
}

const LEAST = 15;
const MOST = 85;
const STEP = 4;
const bounded = (value: number) => Math.round(Math.min(MOST, Math.max(LEAST, value)));

/** The line between two regions: drag it, or move it with the arrow keys. */
export function Divider({ label, between, value, onChange }: DividerProps) {
  const dragged = useRef(false);
  const follow = (event: PointerEvent<HTMLDivElement>) => {
    if (!dragged.current) return;
    const region = event.currentTarget.parentElement?.getBoundingClientRect();
    if (!region) return;
    const rtl = getComputedStyle(event.currentTarget).direction === "rtl";
    const share =
      between === "rows"
        ? (event.clientY - region.top) / region.height
        : (rtl ? region.right - event.clientX : event.clientX - region.left) / region.width;
    onChange(bounded(share * 100));
  };
  const press = (event: KeyboardEvent<HTMLDivElement>) => {
    const rtl = getComputedStyle(event.currentTarget).direction === "rtl";
    const [less, more] = between === "rows" ? ["ArrowUp", "ArrowDown"] : rtl ? ["ArrowRight", "ArrowLeft"] : ["ArrowLeft", "ArrowRight"];
    const by = event.key === less ? -STEP : event.key === more ? STEP : 0;
    if (by === 0) return;
    event.preventDefault();
    onChange(bounded(value + by));
  };
  return (
    <div
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={between === "rows" ? "horizontal" : "vertical"}
      aria-valuenow={value}
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      className={styles.divider}
      data-between={between}
      onPointerDown={(event) => {
        dragged.current = true;
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={follow}
      onPointerUp={() => {
        dragged.current = false;
      }}
      onKeyDown={press}
    />
  );
}
