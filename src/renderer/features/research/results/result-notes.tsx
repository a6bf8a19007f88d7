import { useFormat } from "@renderer/lib/use-format.ts";
import { RESULT_ROWS_MAX } from "@shared/model/research-limits.ts";
import { IconInfoCircle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { RunResult } from "../types.ts";
import styles from "./results.module.css";

/** What the answer does not show, and why. */
export function Notes({ result }: { result: RunResult }) {
  const { t } = useTranslation("research");
  const format = useFormat();
  const notes = [
    result.capped && t("notes.capped", { rows: format.number(Math.min(result.rowCount, RESULT_ROWS_MAX)) }),
    result.graphTruncated && t("notes.graphTruncated", { nodes: format.number(result.graph.nodes.length) }),
    result.masked && t("notes.smallCounts"),
  ].filter((note) => note !== false);
  if (notes.length === 0) return null;
  return (
    <span className={styles.notes}>
      {(result.capped || result.graphTruncated) && <IconInfoCircle size={16} aria-hidden="true" />}
      {notes.join(" · ")}
    </span>
  );
}
