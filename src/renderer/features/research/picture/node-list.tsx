import { TextInput } from "@mantine/core";
import { type Column, DataTable } from "@renderer/ui/data-table.tsx";
import { EmptyState } from "@renderer/ui/index.ts";
import type { GraphNode } from "@shared/contract/research.ts";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { captionOf } from "./captions.ts";
import { mainLabel } from "./labels.ts";
import styles from "./picture.module.css";
import type { PictureState } from "./use-picture.ts";

interface Listed {
  node: GraphNode;
  label: string;
  caption: string;
  joined: number;
}

/** The picture as a table: what is seen there is read here, and opening a row selects its node. */
export function NodeList({ picture }: { picture: PictureState }) {
  const { t } = useTranslation("research");
  const [text, setText] = useState("");
  const { graph, looks, chosen } = picture;
  const { away } = picture.marks;
  const rows = useMemo<readonly Listed[]>(() => {
    const joined = new Map<string, number>();
    for (const { from, to } of graph.edges) for (const id of new Set([from, to])) joined.set(id, (joined.get(id) ?? 0) + 1);
    return graph.nodes
      .filter(({ id }) => !away.has(id))
      .map((node) => {
        const label = mainLabel(node);
        return { node, label, caption: captionOf(node, looks.get(label)), joined: joined.get(node.id) ?? 0 };
      });
  }, [graph, looks, away]);
  const columns = useMemo<readonly Column<Listed>[]>(
    () => [
      { id: "caption", header: t("picture.node"), value: (row) => row.caption, cell: (row) => <bdi>{row.caption}</bdi> },
      { id: "label", header: t("picture.label"), value: (row) => row.label, cell: (row) => <bdi>{row.label || t("picture.noLabel")}</bdi> },
      { id: "joined", header: t("picture.joined"), value: (row) => row.joined, end: true },
    ],
    [t],
  );
  return (
    <div className={styles.list}>
      <TextInput
        aria-label={t("picture.find")}
        placeholder={t("picture.find")}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <DataTable
        label={t("picture.nodes")}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.node.id}
        filter={text}
        {...(chosen && "node" in chosen ? { selected: chosen.node } : {})}
        onOpen={(row) => picture.choose({ node: row.node.id })}
        empty={<EmptyState title={t("picture.noneFound")}>{t("picture.noneFoundHint")}</EmptyState>}
      />
    </div>
  );
}
