import { IconButton, Num, Panel } from "@renderer/ui/index.ts";
import { IconCopy } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Answered } from "../console-store.ts";
import { nodePattern, readCell } from "../results/cells.ts";
import type { Cell, Row } from "../types.ts";
import styles from "./side.module.css";

interface RowPanelProps {
  answered: Answered;
  index: number;
  row: Row;
  onClose(): void;
}

/** All of one row: whole texts, the properties of its nodes and edges, lists and maps set out. */
export function RowPanel({ answered, index, row, onClose }: RowPanelProps) {
  const { t } = useTranslation("research");
  const { columns } = answered.result;
  return (
    <Panel
      title={t("row.title", { row: index + 1 })}
      onClose={onClose}
      actions={
        <IconButton
          label={t("row.copy")}
          icon={<IconCopy size={16} />}
          onClick={() =>
            void navigator.clipboard.writeText(
              JSON.stringify(Object.fromEntries(columns.map((name, at) => [name, row[at] ?? null])), null, 2),
            )
          }
        />
      }
    >
      <dl className={styles.row}>
        {columns.map((name, at) => (
          <div key={`${at}${name}`} className={styles.column}>
            <dt>
              <Num>{name}</Num>
            </dt>
            <dd>
              <Whole cell={row[at] ?? null} />
            </dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

function Whole({ cell }: { cell: Cell }) {
  const value = readCell(cell);
  switch (value.kind) {
    case "null":
      return <em className={styles.null}>null</em>;
    case "text":
      return <bdi className={styles.whole}>{value.value}</bdi>;
    case "number":
    case "boolean":
      return <Num>{String(value.value)}</Num>;
    case "node":
      return <Properties head={nodePattern(value.node)} properties={value.node.properties} />;
    case "edge":
      return <Properties head={`[:${value.edge.type}]`} properties={value.edge.properties} />;
    case "path":
      return (
        <>
          {value.nodes.map((node, at) => (
            <div key={node.id}>
              <Properties head={nodePattern(node)} properties={node.properties} />
              {value.edges[at] && <Properties head={`[:${value.edges[at].type}]`} properties={value.edges[at].properties} />}
            </div>
          ))}
        </>
      );
    case "json":
      return (
        <pre className={styles.json} dir="ltr">
          {JSON.stringify(value.value, null, 2)}
        </pre>
      );
  }
}

function Properties({ head, properties }: { head: string; properties: Record<string, Cell> }) {
  return (
    <div>
      <Num className={styles.pattern}>{head}</Num>
      <dl className={styles.properties}>
        {Object.entries(properties).map(([name, value]) => (
          <div key={name} className={styles.property}>
            <dt>
              <Num>{name}</Num>
            </dt>
            <dd>
              <Whole cell={value} />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
