import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import {
  columnFilteringFeature,
  createFilteredRowModel,
  createSortedRowModel,
  filterFn_includesString,
  globalFilteringFeature,
  rowSortingFeature,
  sortFn_alphanumeric,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useMemo, useRef, useState } from "react";
import styles from "./data-table.module.css";

const features = tableFeatures({
  rowSortingFeature,
  columnFilteringFeature,
  globalFilteringFeature,
  sortedRowModel: createSortedRowModel(),
  filteredRowModel: createFilteredRowModel(),
  sortFns: { alphanumeric: sortFn_alphanumeric },
  filterFns: { includesString: filterFn_includesString },
});

export interface Column<Row> {
  id: string;
  header: string;
  /** What sorting and filtering see. */
  value(row: Row): string | number | null;
  /** What is shown; the value when left out. */
  cell?(row: Row): ReactNode;
  /** Numbers and times stand at the end side. */
  end?: boolean;
  sortable?: boolean;
}

interface DataTableProps<Row> {
  label: string;
  /** Must be stable (module scope or useMemo), like `rows`. */
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey(row: Row): string;
  filter?: string;
  selected?: string;
  sortBy?: { id: string; desc: boolean };
  onOpen?(row: Row): void;
  /** Shown when nothing is left. */
  empty: ReactNode;
  /** Near the end of the list: load more. */
  onEnd?(): void;
}

/** A table of any length: sorts by its headers, filters by text, arrow keys and Enter, draws only the rows in sight. */
export function DataTable<Row>({ label, columns, rows, rowKey, filter = "", selected, sortBy, onOpen, empty, onEnd }: DataTableProps<Row>) {
  const scroller = useRef<HTMLDivElement>(null);
  const [sorting, setSorting] = useState(sortBy ? [sortBy] : []);
  const definitions = useMemo(
    () =>
      columns.map((column) => ({
        id: column.id,
        accessorFn: (row: object) => column.value(row as Row),
        sortFn: "alphanumeric" as const,
        filterFn: "includesString" as const,
        enableSorting: column.sortable ?? true,
      })),
    [columns],
  );
  const data = rows as readonly object[] as object[];
  const table = useTable({
    features,
    columns: definitions,
    data,
    getRowId: (row) => rowKey(row as Row),
    globalFilterFn: "includesString",
    getColumnCanGlobalFilter: () => true,
    state: { sorting, globalFilter: filter },
    onSortingChange: setSorting,
  });
  const shown = table.getRowModel().rows;
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 36,
    overscan: 12,
    initialRect: { width: 800, height: 600 },
    onChange: (instance) => {
      const last = instance.getVirtualItems().at(-1);
      if (last && last.index >= shown.length - 1) onEnd?.();
    },
  });
  const items = virtual.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);

  const move = (from: number, by: number) => {
    const next = Math.min(Math.max(from + by, 0), shown.length - 1);
    virtual.scrollToIndex(next);
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-at="${next}"]`)?.focus());
  };

  if (shown.length === 0) return empty;
  return (
    <div ref={scroller} className={styles.scroller}>
      <table className={styles.table} aria-label={label} aria-rowcount={shown.length}>
        <thead>
          <tr>
            {columns.map((column) => {
              const sorted = sorting.find((rule) => rule.id === column.id);
              return (
                <th
                  key={column.id}
                  scope="col"
                  data-end={column.end || undefined}
                  aria-sort={sorted ? (sorted.desc ? "descending" : "ascending") : undefined}
                >
                  {(column.sortable ?? true) ? (
                    <button
                      type="button"
                      className={styles.sort}
                      onClick={() => setSorting([{ id: column.id, desc: sorted ? !sorted.desc : false }])}
                    >
                      {column.header}
                      {sorted &&
                        (sorted.desc ? <IconArrowDown size={16} aria-hidden="true" /> : <IconArrowUp size={16} aria-hidden="true" />)}
                    </button>
                  ) : (
                    column.header
                  )}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {before > 0 && <tr aria-hidden="true" style={{ blockSize: before }} />}
          {items.map((item) => {
            const row = shown[item.index]?.original as Row;
            const open = onOpen && (() => onOpen(row));
            return (
              <tr
                key={item.key}
                ref={virtual.measureElement}
                data-index={item.index}
                data-at={item.index}
                aria-rowindex={item.index + 1}
                aria-selected={selected === undefined ? undefined : selected === rowKey(row)}
                tabIndex={open ? 0 : undefined}
                className={open ? styles.open : undefined}
                onClick={open}
                onKeyDown={(event) => {
                  if (event.key === "Enter" && event.target === event.currentTarget) open?.();
                  const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key];
                  if (by === undefined) return;
                  event.preventDefault();
                  move(item.index, by);
                }}
              >
                {columns.map((column) => (
                  <td key={column.id} data-end={column.end || undefined}>
                    {column.cell ? column.cell(row) : column.value(row)}
                  </td>
                ))}
              </tr>
            );
          })}
          {after > 0 && <tr aria-hidden="true" style={{ blockSize: after }} />}
        </tbody>
      </table>
    </div>
  );
}
