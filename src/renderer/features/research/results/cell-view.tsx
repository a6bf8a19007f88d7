import { Num } from "@renderer/ui/index.ts";
import { memo } from "react";
import type { Cell } from "../types.ts";
import { captionOf, lineOf, nodePattern, readCell } from "./cells.ts";
import styles from "./results.module.css";

/** Longer texts are cut in the table and whole in the row's panel. */
const SHOWN = 200;
const cut = (text: string) => (text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text);

/** A cell in one line. */
export const CellView = memo(function CellView({ cell }: { cell: Cell }) {
  const value = readCell(cell);
  switch (value.kind) {
    case "null":
      return <span className={styles.null}>null</span>;
    case "number":
      return <Num>{String(value.value)}</Num>;
    case "boolean":
      return <Num className={styles.code}>{String(value.value)}</Num>;
    case "text":
      return <bdi>{cut(value.value)}</bdi>;
    case "node":
      return (
        <span>
          <Num className={styles.code}>{nodePattern(value.node)}</Num> <bdi>{cut(captionOf(value.node))}</bdi>
        </span>
      );
    default:
      return <Num className={styles.code}>{cut(lineOf(cell))}</Num>;
  }
});
