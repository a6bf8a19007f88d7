import type { GraphPicture } from "@shared/contract/research.ts";
import { useCallback, useMemo, useRef, useState } from "react";
import type { Chosen, Drawing } from "./drawing.ts";
import { assignLooks, type ChosenLook, countLabels, type LabelLook, mainLabel, mergeExpansion } from "./labels.ts";
import { type Placed, placeAround } from "./spread.ts";

export interface PictureProps {
  graph: GraphPicture;
  /** The graph has more nodes than it was given here. */
  truncated: boolean;
  /** The neighbours of a node, which come into the picture, with their edges to `among`: the nodes that are in it. */
  onExpand(nodeId: string, among: readonly string[]): Promise<GraphPicture & { truncated: boolean }>;
  /** The selected node. */
  selected: string | null;
  onSelect(id: string | null): void;
  /** Nodes to emphasise, with the relationships between them. */
  highlighted?: readonly string[];
  /** Whether identities are masked: exported pictures say so. */
  masked?: boolean;
  /** What exported pictures are called: the query's name. */
  title?: string;
}

/** What came of the last expansion, for the person to know. */
export type Told = { kind: "added"; count: number } | { kind: "more"; count: number } | { kind: "failed"; error: unknown } | null;

/** What a picture holds beside what it was given: neighbours that came in, what is hidden, what was put in its place. */
export function usePicture(
  { graph: given, onExpand, selected, onSelect, highlighted }: PictureProps,
  chosenLooks: Record<string, ChosenLook>,
) {
  const [graph, setGraph] = useState(given);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(EMPTY);
  const [labelsOff, setLabelsOff] = useState<ReadonlySet<string>>(EMPTY);
  const [pinned, setPinned] = useState<ReadonlySet<string>>(EMPTY);
  const [edge, setEdge] = useState<string | null>(null);
  const [expanding, setExpanding] = useState<string | null>(null);
  const [told, tell] = useState<Told>(null);

  const before = useRef<Map<string, LabelLook>>(new Map());
  const looks = useMemo(() => {
    before.current = assignLooks(graph.nodes.map(mainLabel), chosenLooks, before.current);
    return before.current;
  }, [graph, chosenLooks]);
  const counts = useMemo(() => countLabels(graph.nodes), [graph]);
  const away = useMemo(() => {
    const off = graph.nodes.filter((node) => labelsOff.has(mainLabel(node))).map(({ id }) => id);
    return new Set([...hidden, ...off]);
  }, [graph, hidden, labelsOff]);
  const chosen = useMemo<Chosen>(() => (edge ? { edge } : selected === null ? null : { node: selected }), [edge, selected]);
  const marks = useMemo(() => ({ chosen, emphasised: new Set(highlighted ?? []), away, pinned }), [chosen, highlighted, away, pinned]);

  const choose = useCallback(
    (next: Chosen) => {
      setEdge(next && "edge" in next ? next.edge : null);
      onSelect(next && "node" in next ? next.node : null);
    },
    [onSelect],
  );
  const expand = useCallback(
    async (id: string, drawing: Drawing, bringIn: (places: Placed[]) => void) => {
      setExpanding(id);
      tell(null);
      try {
        const there = graph.nodes.map((node) => node.id);
        const { truncated, ...more } = await onExpand(id, there);
        const known = new Set(there);
        const fresh = more.nodes.filter((node) => !known.has(node.id)).map((node) => node.id);
        const places = drawing.places();
        const centre = places.find((place) => place.id === id) ?? { x: 0, y: 0 };
        bringIn(placeAround(fresh, centre, places));
        setGraph((now) => mergeExpansion(now, more));
        tell({ kind: truncated ? "more" : "added", count: fresh.length });
      } catch (error) {
        tell({ kind: "failed", error });
      } finally {
        setExpanding(null);
      }
    },
    [graph, onExpand],
  );

  return {
    graph,
    looks,
    counts,
    labelsOff,
    hidden,
    pinned,
    marks,
    chosen,
    expanding,
    told,
    choose,
    expand,
    toggleLabel: useCallback((label: string) => setLabelsOff((all) => toggled(all, label)), []),
    hide: useCallback(
      (id: string) => {
        setHidden((all) => new Set([...all, id]));
        choose(null);
      },
      [choose],
    ),
    showAll: useCallback(() => {
      setHidden(EMPTY);
      setLabelsOff(EMPTY);
    }, []),
    pin: useCallback((id: string) => setPinned((all) => new Set([...all, id])), []),
    unpin: useCallback((id: string) => setPinned((all) => new Set([...all].filter((other) => other !== id))), []),
  };
}

export type PictureState = ReturnType<typeof usePicture>;

const EMPTY: ReadonlySet<string> = new Set();

function toggled(all: ReadonlySet<string>, label: string): ReadonlySet<string> {
  const next = new Set(all);
  if (!next.delete(label)) next.add(label);
  return next;
}
