import { Button, IconButton } from "@renderer/ui/index.ts";
import { IconCopy } from "@tabler/icons-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { exportResult } from "../export-result.ts";
import type { Row, RunResult } from "../types.ts";
import styles from "./results.module.css";
import type { RowPages } from "./row-pages.ts";

const LINE = 20;
/** More than this is a file, not something to paste. */
const COPIED_ROWS_MAX = 5_000;

const textOf = (columns: readonly string[], row: Row) =>
  JSON.stringify(Object.fromEntries(columns.map((name, index) => [name, row[index] ?? null])), null, 2);

/** The rows as JSON, row by row: only those in sight are text. */
export function JsonView({ result, pages }: { result: RunResult; pages: RowPages }) {
  const { t } = useTranslation("research");
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: pages.rowCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => (result.columns.length + 2) * LINE,
    overscan: 4,
    initialRect: { width: 800, height: 480 },
  });
  const items = virtual.getVirtualItems();
  const [from, to] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0];
  useEffect(() => pages.look(from, to), [pages, from, to]);
  return (
    <div className={styles.json}>
      <div className={styles.jsonTools}>
        <CopyAll result={result} />
      </div>
      <div ref={scroller} className={styles.scroller} dir="ltr" role="region" aria-label={t("views.json")}>
        <div className={styles.rows} style={{ blockSize: virtual.getTotalSize() }}>
          {items.map(({ index, start }) => {
            const row = pages.row(index);
            const text = row ? textOf(result.columns, row) : "…";
            return (
              <div
                key={index}
                ref={virtual.measureElement}
                data-index={index}
                className={styles.jsonRow}
                style={{ transform: `translateY(${start}px)` }}
              >
                <pre className={styles.pre}>{text}</pre>
                {row && (
                  <IconButton
                    label={t("json.copyRow", { row: index + 1 })}
                    icon={<IconCopy size={16} />}
                    onClick={() => void navigator.clipboard.writeText(text)}
                  />
                )}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

function CopyAll({ result }: { result: RunResult }) {
  const { t } = useTranslation("research");
  const [state, setState] = useState<"ready" | "busy" | "copied" | "failed">("ready");
  if (result.rowCount > COPIED_ROWS_MAX) return <span className={styles.note}>{t("json.tooMany")}</span>;
  const copy = async () => {
    setState("busy");
    try {
      const { blob } = await exportResult(result.queryId, "json", () => undefined, new AbortController().signal);
      await navigator.clipboard.writeText(await blob.text());
      setState("copied");
    } catch {
      setState("failed");
    }
  };
  return (
    <Button icon={<IconCopy size={16} aria-hidden="true" />} busy={state === "busy"} onClick={() => void copy()}>
      {state === "copied" ? t("json.copied") : state === "failed" ? t("json.failed") : t("json.copy")}
    </Button>
  );
}
