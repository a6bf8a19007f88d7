import type { GraphPicture } from "@shared/contract/research.ts";
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { Drawing, DrawingEvents, Marks } from "./drawing.ts";
import type { Looks } from "./elements.ts";
import type { LayoutName } from "./layout-names.ts";
import { type Colours, fontsReady } from "./palette.ts";
import { runLayout } from "./run-layout.ts";
import { inRows, type Placed } from "./spread.ts";

interface Drawn {
  graph: GraphPicture;
  looks: Looks;
  colours: Colours;
  marks: Marks;
  layout: LayoutName;
  /** Whether to draw for speed. */
  large: boolean;
  events: DrawingEvents;
}

/** The canvas of a picture: loaded when it is first shown, drawn anew when what it shows changes, laid out in a worker. */
export function useDrawing(container: RefObject<HTMLElement | null>, { graph, looks, colours, marks, layout, large, events }: Drawn) {
  const [drawing, setDrawing] = useState<Drawing | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [laidOut, setLaidOut] = useState(false);
  const heard = useLatest(events);
  const kept = useRef<Placed[]>([]);
  const coming = useRef<Placed[]>([]);

  useEffect(() => {
    let made: Drawing | null = null;
    let gone = false;
    Promise.all([import("./drawing.ts"), fontsReady()]).then(
      ([{ createDrawing }]) => {
        if (gone || !container.current) return;
        made = createDrawing(container.current, large, {
          onChoose: (chosen) => heard.current.onChoose(chosen),
          onExpand: (id) => heard.current.onExpand(id),
          onPin: (id) => heard.current.onPin(id),
        });
        setDrawing(made);
      },
      (error: unknown) => setFailure(error),
    );
    return () => {
      gone = true;
      kept.current = made?.places() ?? [];
      made?.end();
      setDrawing(null);
    };
  }, [container, large, heard]);

  useLayoutEffect(() => {
    if (!drawing) return;
    drawing.show(graph, looks, colours);
    drawing.place([...kept.current, ...coming.current]);
    kept.current = [];
    coming.current = [];
  }, [drawing, graph, looks, colours]);

  useLayoutEffect(() => drawing?.mark(marks), [drawing, marks]);

  const lay = useLayingOut(drawing, { graph, layout, pinned: marks.pinned, away: marks.away }, setLaidOut, setFailure);
  const bringIn = useCallback((places: Placed[]) => void coming.current.push(...places), []);
  return { drawing, failure, laidOut, bringIn, ...lay };
}

interface ToLay {
  graph: GraphPicture;
  layout: LayoutName;
  pinned: ReadonlySet<string>;
  away: ReadonlySet<string>;
}

function useLayingOut(drawing: Drawing | null, toLay: ToLay, setLaidOut: (laid: boolean) => void, setFailure: (failure: unknown) => void) {
  const [running, setRunning] = useState<AbortController | null>(null);
  const latest = useLatest(toLay);
  const first = useRef(true);

  const layOut = useCallback(
    async (layout: LayoutName) => {
      if (!drawing) return;
      const { graph, pinned, away } = latest.current;
      const stop = new AbortController();
      setRunning(stop);
      const shown = drawing.sizes().filter(({ id }) => !away.has(id));
      const ids = new Set(shown.map(({ id }) => id));
      const task = {
        layout,
        nodes: shown,
        edges: graph.edges.filter(({ from, to }) => ids.has(from) && ids.has(to)).map(({ from, to }) => ({ from, to })),
        pinned: drawing.places().filter(({ id }) => pinned.has(id) && ids.has(id)),
      };
      try {
        drawing.place(await runLayout(task, stop.signal));
      } catch (error) {
        if (!stop.signal.aborted) setFailure(error);
        else if (stop.signal.reason === STOPPED && first.current) drawing.place(inRows([...ids]));
        else return;
      } finally {
        setRunning((now) => (now === stop ? null : now));
      }
      first.current = false;
      drawing.fit();
      setLaidOut(true);
    },
    [drawing, latest, setLaidOut, setFailure],
  );

  const layout = toLay.layout;
  const laid = useRef<LayoutName | null>(null);
  useEffect(() => {
    if (!drawing || laid.current === layout) return;
    laid.current = layout;
    void layOut(layout);
  }, [drawing, layout, layOut]);
  useEffect(() => () => running?.abort(), [running]);

  const cancel = useCallback(() => running?.abort(STOPPED), [running]);
  return { layingOut: running !== null, layOut, cancel };
}

const STOPPED = new DOMException("stopped by the person", "AbortError");

function useLatest<T>(value: T) {
  const ref = useRef(value);
  useLayoutEffect(() => {
    ref.current = value;
  });
  return ref;
}
