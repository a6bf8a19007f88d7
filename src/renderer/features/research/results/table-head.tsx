import { useDirection } from "@renderer/lib/direction.ts";
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import { type PointerEvent, useRef } from "react";
import { useTranslation } from "react-i18next";
import styles from "./results.module.css";
import type { ResultColumn } from "./use-columns.ts";
import type { useOrder } from "./use-order.ts";

interface TableHeadProps {
  columns: readonly ResultColumn[];
  order: ReturnType<typeof useOrder>;
  masked: boolean;
  onResize(index: number, width: number): void;
}

const STEP = 16;

/** The names of the columns: a press sorts what is here, the edge drags the width. */
export function TableHead({ columns, order, onResize }: TableHeadProps) {
  const { t } = useTranslation("research");
  const { canSort, sorting, sort } = order;
  return (
    <div role="rowgroup" className={styles.head}>
      <div role="row" aria-rowindex={1} className={styles.headRow}>
        {columns.map(({ index, name, numeric, width }) => {
          const sorted = sorting?.column === index ? sorting : null;
          return (
            <div
              key={index}
              role="columnheader"
              aria-colindex={index + 1}
              aria-sort={sorted ? (sorted.desc ? "descending" : "ascending") : undefined}
              className={styles.headCell}
              data-end={numeric || undefined}
              style={{ inlineSize: width }}
            >
              <button
                type="button"
                className={styles.sort}
                disabled={!canSort}
                title={canSort ? t("table.sort", { column: name }) : t("table.sortByQuery")}
                onClick={() => sort(index)}
              >
                <bdi dir="ltr">{name}</bdi>
                {sorted && (sorted.desc ? <IconArrowDown size={16} aria-hidden="true" /> : <IconArrowUp size={16} aria-hidden="true" />)}
              </button>
              <WidthHandle name={name} width={width} onResize={(next) => onResize(index, next)} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

function WidthHandle({ name, width, onResize }: { name: string; width: number; onResize(width: number): void }) {
  const { t } = useTranslation("research");
  const direction = useDirection();
  const begun = useRef<{ x: number; width: number } | null>(null);
  const side = direction === "rtl" ? -1 : 1;
  const drag = (event: PointerEvent) => {
    if (begun.current) onResize(begun.current.width + (event.clientX - begun.current.x) * side);
  };
  return (
    <span
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={t("table.width", { column: name })}
      aria-valuenow={width}
      className={styles.width}
      onPointerDown={(event) => {
        begun.current = { x: event.clientX, width };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={drag}
      onPointerUp={() => {
        begun.current = null;
      }}
      onKeyDown={(event) => {
        const by = event.key === "ArrowRight" ? STEP : event.key === "ArrowLeft" ? -STEP : 0;
        if (by === 0) return;
        event.preventDefault();
        event.stopPropagation();
        onResize(width + by * side);
      }}
    />
  );
}
