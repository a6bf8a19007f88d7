import { Button, Notice } from "@renderer/ui/index.ts";
import type { GraphEdge, GraphNode } from "@shared/contract/research.ts";
import { IconEyeOff, IconPinnedOff, IconPlus } from "@tabler/icons-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { captionOf, valueText } from "./captions.ts";
import { Glyph } from "./glyph.tsx";
import { mainLabel } from "./labels.ts";
import styles from "./picture.module.css";
import type { PictureState } from "./use-picture.ts";

interface DetailsProps {
  picture: PictureState;
  onExpand(id: string): void;
}

/** What is selected: labels and properties, what it is joined to, and what can be done with it. */
export function Details({ picture, onExpand }: DetailsProps) {
  const { t } = useTranslation("research");
  const { chosen, graph } = picture;
  const node = chosen && "node" in chosen ? graph.nodes.find(({ id }) => id === chosen.node) : undefined;
  const edge = chosen && "edge" in chosen ? graph.edges.find(({ id }) => id === chosen.edge) : undefined;
  if (node) return <NodeDetails node={node} picture={picture} onExpand={onExpand} />;
  if (edge) return <EdgeDetails edge={edge} picture={picture} />;
  return <Notice>{t("picture.nothingChosen")}</Notice>;
}

function NodeDetails({ node, picture, onExpand }: DetailsProps & { node: GraphNode }) {
  const { t } = useTranslation("research");
  const look = picture.looks.get(mainLabel(node));
  const busy = picture.expanding === node.id;
  return (
    <div className={styles.stack}>
      <p className={styles.subject}>
        <Glyph outline={look?.outline ?? "circle"} icon={look?.icon ?? null} size={32} />
        <bdi>{captionOf(node, look)}</bdi>
      </p>
      <ul className={styles.chips} aria-label={t("picture.labels")}>
        {node.labels.map((label) => (
          <li key={label} className={styles.chip}>
            <bdi>{label}</bdi>
          </li>
        ))}
      </ul>
      <div className={styles.actions}>
        <Button icon={<IconPlus size={16} aria-hidden="true" />} busy={busy} onClick={() => onExpand(node.id)}>
          {t("picture.expand")}
        </Button>
        <Button icon={<IconEyeOff size={16} aria-hidden="true" />} onClick={() => picture.hide(node.id)}>
          {t("picture.hide")}
        </Button>
        {picture.pinned.has(node.id) && (
          <Button icon={<IconPinnedOff size={16} aria-hidden="true" />} onClick={() => picture.unpin(node.id)}>
            {t("picture.unpin")}
          </Button>
        )}
      </div>
      <Properties of={node.properties} />
      <Neighbours node={node} picture={picture} />
    </div>
  );
}

/** How many of a node's neighbours are listed; the table of nodes has them all. */
const LISTED = 50;

function Neighbours({ node, picture }: { node: GraphNode; picture: PictureState }) {
  const { t } = useTranslation("research");
  const { graph, looks } = picture;
  const joined = useMemo(() => graph.edges.filter((edge) => edge.from === node.id || edge.to === node.id), [graph, node]);
  const byId = useMemo(() => new Map(graph.nodes.map((other) => [other.id, other])), [graph]);
  return (
    <section>
      <h3 className={styles.heading}>{t("picture.neighbours", { count: joined.length })}</h3>
      <ul>
        {joined.slice(0, LISTED).map((edge) => {
          const other = byId.get(edge.from === node.id ? edge.to : edge.from);
          if (!other) return null;
          return (
            <li key={edge.id}>
              <button type="button" className={styles.neighbour} onClick={() => picture.choose({ node: other.id })}>
                {/* Written as in Cypher, so it reads from left to right in every language. */}
                <span dir="ltr">
                  <span className={styles.type}>{edge.from === node.id ? `${edge.type} → ` : `${edge.type} ← `}</span>
                  <bdi>{captionOf(other, looks.get(mainLabel(other)))}</bdi>
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function EdgeDetails({ edge, picture }: { edge: GraphEdge; picture: PictureState }) {
  const { t } = useTranslation("research");
  const end = (id: string) => {
    const node = picture.graph.nodes.find((other) => other.id === id);
    return (
      <button type="button" className={styles.neighbour} onClick={() => picture.choose({ node: id })}>
        <bdi>{node ? captionOf(node, picture.looks.get(mainLabel(node))) : id}</bdi>
      </button>
    );
  };
  return (
    <div className={styles.stack}>
      <p className={styles.subject}>
        <bdi>{edge.type}</bdi>
      </p>
      <dl className={styles.properties}>
        <dt>{t("picture.from")}</dt>
        <dd>{end(edge.from)}</dd>
        <dt>{t("picture.to")}</dt>
        <dd>{end(edge.to)}</dd>
      </dl>
      <Properties of={edge.properties} />
    </div>
  );
}

function Properties({ of }: { of: Record<string, unknown> }) {
  const { t } = useTranslation("research");
  const all = Object.entries(of).sort(([a], [b]) => a.localeCompare(b));
  return (
    <section>
      <h3 className={styles.heading}>{t("picture.properties")}</h3>
      {all.length === 0 && <p className={styles.dim}>{t("picture.noProperties")}</p>}
      <dl className={styles.properties}>
        {all.map(([name, value]) => (
          <div key={name}>
            <dt>
              <bdi>{name}</bdi>
            </dt>
            <dd>
              <bdi>{value === null ? t("picture.null") : valueText(value)}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
