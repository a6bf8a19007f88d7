import { Num } from "@renderer/ui/index.ts";
import { memo } from "react";
import type { Cell } from "../types.ts";
import { captionOf, lineOf, nodePattern, readCell } from "./cells.ts";
import styles from "./results.module.css";

/** Longer texts are cut in the table and whole in the row's panel. */
const SHOWN = 200;
const cut = (text: string) => (text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text);

/** Texts whose first letter is read from right to left: told here, so that the style can say where they begin. */
const RIGHT_TO_LEFT = /^[^\p{L}]*[\p{Script=Arabic}\p{Script=Hebrew}]/u;

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
      return <bdi dir={RIGHT_TO_LEFT.test(value.value) ? "rtl" : "ltr"}>{cut(value.value)}</bdi>;
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
