import { memo } from "react";
import type { Row } from "../types.ts";
import { CellView } from "./cell-view.tsx";
import styles from "./results.module.css";
import type { ResultColumn } from "./use-columns.ts";

/** A cell of the table by its place on the screen. */
export interface Place {
  row: number;
  column: number;
}

interface TableRowProps {
  place: number;
  start: number;
  /** Undefined while its page is fetched. */
  row: Row | undefined;
  columns: readonly ResultColumn[];
  /** The column that has the keyboard, if this row has it. */
  active: number | null;
  selected: boolean;
  /** Holds the node that is chosen in the picture. */
  marked: boolean;
}

/** One row; drawn anew only when what it shows changes. */
export const TableRow = memo(
  function TableRow({ place, start, row, columns, active, selected, marked }: TableRowProps) {
    return (
      <div
        role="row"
        aria-rowindex={place + 2}
        aria-selected={selected}
        aria-busy={row === undefined || undefined}
        className={styles.row}
        data-marked={marked || undefined}
        data-place={place}
        style={{ transform: `translateY(${start}px)` }}
      >
        {columns.map(({ index, numeric, width }) => (
          <div
            key={index}
            role="gridcell"
            aria-colindex={index + 1}
            tabIndex={active === index ? 0 : -1}
            className={styles.cell}
            data-end={numeric || undefined}
            data-row={place}
            data-column={index}
            style={{ inlineSize: width }}
          >
            {row ? <CellView cell={row[index] ?? null} /> : <span className={styles.waiting} />}
          </div>
        ))}
      </div>
    );
  },
  (one, other) =>
    one.row === other.row &&
    one.start === other.start &&
    one.active === other.active &&
    one.selected === other.selected &&
    one.marked === other.marked &&
    one.columns.length === other.columns.length &&
    one.columns.every(({ width, name }, index) => width === other.columns[index]?.width && name === other.columns[index]?.name),
);
