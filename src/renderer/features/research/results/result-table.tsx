import { useDirection } from "@renderer/lib/direction.ts";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type MouseEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useShallow } from "zustand/react/shallow";
import { useConsole } from "../console-store.ts";
import type { RunResult } from "../types.ts";
import { lineOf, nodesOf } from "./cells.ts";
import styles from "./results.module.css";
import type { RowPages } from "./row-pages.ts";
import { TableHead } from "./table-head.tsx";
import { type Place, TableRow } from "./table-row.tsx";
import { useColumns } from "./use-columns.ts";
import { useOrder } from "./use-order.ts";

const ROW_HEIGHT = 28;
const PAGE_STEP = 15;
/** Pages are asked for once scrolling rests this long: flying past a hundred thousand rows asks for none of them. */
const REST_MS = 60;

interface ResultTableProps {
  result: RunResult;
  pages: RowPages;
  onOpen(): void;
}

/** Rows of any number: drawn only where they are seen, fetched page by page, walked with the arrow keys. */
export function ResultTable({ result, pages, onOpen }: ResultTableProps) {
  const { t } = useTranslation("research");
  const scroller = useRef<HTMLDivElement>(null);
  const [columns, resize] = useColumns(result);
  const order = useOrder(result, pages);
  const direction = useDirection();
  const [active, setActive] = useState<Place>({ row: 0, column: 0 });
  const { selected, selectedNode } = useConsole(useShallow(({ selected, selectedNode }) => ({ selected, selectedNode })));
  const virtual = useVirtualizer({
    count: pages.rowCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 10,
    initialRect: { width: 800, height: 480 },
  });
  const items = virtual.getVirtualItems();
  const [from, to] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0];
  useEffect(() => {
    const timer = setTimeout(() => pages.look(from, to), REST_MS);
    return () => clearTimeout(timer);
  }, [pages, from, to]);
  useSelectedNodeInSight(result, order.placeOf, (place) => virtual.scrollToIndex(place, { align: "auto" }));

  const focus = (place: Place) => {
    setActive(place);
    virtual.scrollToIndex(place.row);
    requestAnimationFrame(() => {
      const cell = scroller.current?.querySelector<HTMLElement>(`[data-row="${place.row}"][data-column="${place.column}"]`);
      cell?.focus({ preventScroll: true });
      cell?.scrollIntoView({ block: "nearest", inline: "nearest" });
    });
  };
  const select = (place: number) => {
    const row = order.rowAt(place);
    if (!row) return;
    useConsole.setState({ selected: { index: order.indexAt(place), row }, selectedNode: nodesOf(row)[0] ?? null });
    onOpen();
  };
  const press = (event: KeyboardEvent) => {
    const [last, edge] = [pages.rowCount - 1, columns.length - 1];
    const side = direction === "rtl" ? -1 : 1;
    const next = moved(event, active, { last, edge, side });
    if (next) {
      event.preventDefault();
      focus(next);
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      select(active.row);
    } else if (event.key === "c" && (event.ctrlKey || event.metaKey) && getSelection()?.isCollapsed !== false) {
      event.preventDefault();
      void navigator.clipboard?.writeText(lineOf(order.rowAt(active.row)?.[active.column] ?? null));
    }
  };

  const pick = (event: MouseEvent) => {
    const cell = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-row]") : null;
    if (!cell) return;
    const place = { row: Number(cell.dataset.row), column: Number(cell.dataset.column) };
    setActive(place);
    select(place.row);
  };

  const width = columns.reduce((sum, column) => sum + column.width, 0);
  return (
    <div ref={scroller} className={styles.scroller}>
      <div
        role="grid"
        aria-label={t("table.label")}
        aria-rowcount={pages.rowCount + 1}
        aria-colcount={columns.length}
        aria-readonly="true"
        className={styles.grid}
        style={{ minInlineSize: width }}
        onClick={pick}
        onKeyDown={press}
      >
        <TableHead columns={columns} order={order} masked={result.masked} onResize={resize} />
        <div role="rowgroup" className={styles.rows} style={{ blockSize: virtual.getTotalSize() }}>
          {items.map(({ index, start }) => (
            <TableRow
              key={index}
              place={index}
              start={start}
              row={order.rowAt(index)}
              columns={columns}
              active={active.row === index ? active.column : null}
              selected={selected?.index === order.indexAt(index)}
              marked={
                selected === null &&
                selectedNode !== null &&
                (order.rowAt(index) ? nodesOf(order.rowAt(index) ?? []).includes(selectedNode) : false)
              }
            />
          ))}
        </div>
      </div>
    </div>
  );
}

/** A node chosen in the picture brings its first row into sight. */
function useSelectedNodeInSight(result: RunResult, placeOf: (index: number) => number, show: (place: number) => void): void {
  const { selectedNode, selected } = useConsole(useShallow(({ selectedNode, selected }) => ({ selectedNode, selected })));
  const act = useRef(show);
  act.current = show;
  const at = useRef(placeOf);
  at.current = placeOf;
  useEffect(() => {
    if (selectedNode === null || selected !== null) return;
    const index = result.rows.findIndex((row) => nodesOf(row).includes(selectedNode));
    if (index >= 0) act.current(at.current(index));
  }, [selectedNode, selected, result]);
}

function moved(
  event: KeyboardEvent,
  { row, column }: Place,
  { last, edge, side }: { last: number; edge: number; side: number },
): Place | null {
  const far = event.ctrlKey || event.metaKey;
  const steps: Record<string, Place> = {
    ArrowDown: { row: row + 1, column },
    ArrowUp: { row: row - 1, column },
    PageDown: { row: row + PAGE_STEP, column },
    PageUp: { row: row - PAGE_STEP, column },
    ArrowRight: { row, column: column + side },
    ArrowLeft: { row, column: column - side },
    Home: { row: far ? 0 : row, column: 0 },
    End: { row: far ? last : row, column: edge },
  };
  const next = steps[event.key];
  if (!next || event.altKey) return null;
  return { row: Math.min(Math.max(next.row, 0), last), column: Math.min(Math.max(next.column, 0), edge) };
}
