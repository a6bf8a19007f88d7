import { PAGE_ROWS_USUAL } from "@shared/model/research-limits.ts";
import type { Row } from "../types.ts";

/** Asks the host for rows from `offset`. */
export type ReadRows = (offset: number, limit: number) => Promise<readonly Row[]>;

export interface RowPagesOptions {
  first: readonly Row[];
  rowCount: number;
  read: ReadRows;
  /** Told after pages came, left, or failed. */
  onChange(): void;
  pageRows?: number;
  /** Pages that are kept: those farthest from where the eye is are dropped. */
  pagesKept?: number;
}

/** The rows of a result, of which only the pages near to what is seen are in memory. */
export interface RowPages {
  readonly rowCount: number;
  /** Undefined while its page is not here. */
  row(index: number): Row | undefined;
  /** Says which rows are in sight: their pages are fetched, far ones dropped. */
  look(from: number, to: number): void;
  /** Why the last fetch failed; null when it did not. */
  failure(): unknown;
  /** Pages in memory. */
  held(): number;
}

const PAGES_KEPT = 8;

export function openRowPages({
  first,
  rowCount,
  read,
  onChange,
  pageRows = PAGE_ROWS_USUAL,
  pagesKept = PAGES_KEPT,
}: RowPagesOptions): RowPages {
  const pages = new Map<number, readonly Row[]>();
  const asked = new Set<number>();
  let inSight = { from: 0, to: 0 };
  let failed: unknown = null;
  // Only whole pages of the first answer are pages: half of one would hide the rest of it.
  for (let page = 0; page * pageRows < first.length; page += 1) {
    const rows = first.slice(page * pageRows, (page + 1) * pageRows);
    if (rows.length === pageRows || page * pageRows + rows.length >= rowCount) pages.set(page, rows);
  }

  const distance = (page: number) => (page < inSight.from ? inSight.from - page : Math.max(0, page - inSight.to));
  const dropFar = () => {
    const far = [...pages.keys()].toSorted((one, other) => distance(other) - distance(one));
    for (const page of far.slice(0, Math.max(0, pages.size - pagesKept))) if (distance(page) > 0) pages.delete(page);
  };
  const fetchPage = async (page: number): Promise<void> => {
    asked.add(page);
    try {
      const rows = await read(page * pageRows, Math.min(pageRows, rowCount - page * pageRows));
      pages.set(page, rows);
      failed = null;
      dropFar();
    } catch (error) {
      failed = error;
    } finally {
      asked.delete(page);
      onChange();
    }
  };

  return {
    rowCount,
    row: (index) => pages.get(Math.floor(index / pageRows))?.[index % pageRows],
    look: (from, to) => {
      inSight = { from: Math.floor(from / pageRows), to: Math.floor(Math.max(from, Math.min(to, rowCount - 1)) / pageRows) };
      for (let page = inSight.from; page <= inSight.to; page += 1) if (!pages.has(page) && !asked.has(page)) void fetchPage(page);
    },
    failure: () => failed,
    held: () => pages.size,
  };
}
