import { type KeyboardEvent, type ReactNode, useId } from "react";
import { Num } from "./num.tsx";
import styles from "./tabs.module.css";

export interface TabItem<T extends string> {
  value: T;
  label: string;
  count?: number;
}

interface TabsProps<T extends string> {
  label: string;
  items: readonly TabItem<T>[];
  value: T;
  onChange(value: T): void;
  /** Id of the region the tabs switch, for screen readers. */
  controls?: string;
}

// Arrow keys follow what the eye sees, so they turn round in a right-to-left page.
function step(event: KeyboardEvent<HTMLElement>): number {
  const forward = getComputedStyle(event.currentTarget).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
  const back = forward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
  return event.key === forward ? 1 : event.key === back ? -1 : 0;
}

/** Filters of a list or parts of a page, with counts. */
export function Tabs<T extends string>({ label, items, value, onChange, controls }: TabsProps<T>) {
  const id = useId();
  return (
    <div
      role="tablist"
      aria-label={label}
      className={styles.tabs}
      onKeyDown={(event) => {
        const by = step(event);
        if (by === 0) return;
        event.preventDefault();
        const at = items.findIndex((item) => item.value === value);
        const next = items[(at + by + items.length) % items.length];
        if (!next) return;
        onChange(next.value);
        document.getElementById(`${id}-${next.value}`)?.focus();
      }}
    >
      {items.map((item) => (
        <button
          key={item.value}
          id={`${id}-${item.value}`}
          type="button"
          role="tab"
          aria-selected={item.value === value}
          aria-controls={controls}
          tabIndex={item.value === value ? 0 : -1}
          className={styles.tab}
          onClick={() => onChange(item.value)}
        >
          {item.label}
          {item.count !== undefined && <Num>{item.count}</Num>}
        </button>
      ))}
    </div>
  );
}

interface SegmentedProps<T extends string> {
  label: string;
  items: readonly { value: T; label: string; icon?: ReactNode; lang?: string }[];
  value: T;
  onChange(value: T): void;
  size?: "normal" | "touch";
}

/** One of two to four, all in sight: radio buttons that look like segments. */
export function SegmentedControl<T extends string>({ label, items, value, onChange, size = "normal" }: SegmentedProps<T>) {
  const name = useId();
  return (
    <fieldset className={styles.segmented} data-size={size}>
      <legend className="visually-hidden">{label}</legend>
      {items.map((item) => (
        <label key={item.value} className={styles.segment} lang={item.lang}>
          <input
            type="radio"
            className="visually-hidden"
            name={name}
            checked={item.value === value}
            onChange={() => onChange(item.value)}
          />
          {item.icon}
          <span>{item.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
