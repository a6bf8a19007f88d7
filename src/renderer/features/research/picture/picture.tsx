import { toAppError } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { Button, EmptyState, ErrorState, IconButton, Progress } from "@renderer/ui/index.ts";
import { IconX } from "@tabler/icons-react";
import { useCallback, useEffect, useId, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { captionOf } from "./captions.ts";
import { Details } from "./details.tsx";
import { mainLabel } from "./labels.ts";
import { Legend } from "./legend.tsx";
import { LooksPanel } from "./looks-panel.tsx";
import { useKeptLooks } from "./looks-store.ts";
import { NodeList } from "./node-list.tsx";
import { useColours } from "./palette.ts";
import styles from "./picture.module.css";
import { LARGE_FROM } from "./stylesheet.ts";
import { type PanelName, Tools } from "./tools.tsx";
import { useDrawing } from "./use-drawing.ts";
import { useExport } from "./use-export.ts";
import { pictureKeys } from "./use-keys.ts";
import { type PictureProps, type PictureState, usePicture } from "./use-picture.ts";

/** The graph among a result's rows: move, select, expand, filter, lay out, export; with a table that says the same in words. */
export function Picture(props: PictureProps) {
  const { t } = useTranslation("research");
  if (props.graph.nodes.length === 0) return <EmptyState title={t("picture.empty")}>{t("picture.emptyHint")}</EmptyState>;
  return <OnePicture key={keyOf(props.graph)} {...props} />;
}

const keys = new WeakMap<object, number>();
let last = 0;

// Another result is another picture: nothing of the one before stays.
function keyOf(graph: object): number {
  const known = keys.get(graph);
  if (known !== undefined) return known;
  last += 1;
  keys.set(graph, last);
  return last;
}

function OnePicture(props: PictureProps) {
  const { t } = useTranslation("research");
  const words = useErrorWords();
  const colours = useColours();
  const kept = useKeptLooks();
  const picture = usePicture(props, kept.looks);
  const [panel, setPanel] = useState<PanelName | null>(null);
  const container = useRef<HTMLDivElement>(null);
  const hint = useId();

  // What the canvas calls is older than what it shows: it reads the newest through the hook.
  const drawn = useDrawing(container, {
    graph: picture.graph,
    looks: picture.looks,
    colours,
    marks: picture.marks,
    layout: kept.layout,
    large: picture.graph.nodes.length >= LARGE_FROM,
    events: { onChoose: (chosen) => chooseThere(chosen), onExpand: (id) => expand(id), onPin: picture.pin },
  });
  const { drawing, bringIn, laidOut } = drawn;
  const expand = useCallback(
    (id: string) => {
      if (drawing && laidOut && picture.expanding === null) void picture.expand(id, drawing, bringIn);
    },
    [drawing, laidOut, bringIn, picture],
  );
  const chooseThere = (chosen: PictureState["chosen"]) => {
    picture.choose(chosen);
    if (chosen) setPanel((open) => open ?? "details");
  };
  const chosenNode = picture.chosen && "node" in picture.chosen ? picture.chosen.node : null;
  // A panel takes room from the picture: what is selected stays in sight.
  useEffect(() => {
    if (panel && drawing && chosenNode !== null) drawing.reveal(chosenNode);
  }, [panel, drawing, chosenNode]);
  const exportAs = useExport(drawing, picture, colours, props);
  const [exportFailure, setExportFailure] = useState<unknown>(null);
  const onExport = (format: "png" | "svg") => {
    setExportFailure(null);
    exportAs(format).catch(setExportFailure);
  };
  const keyboard = pictureKeys(drawing, picture, expand);
  const said = useMemo(() => chosenInWords(picture), [picture]);

  if (drawn.failure) return <ErrorState {...words(toAppError(drawn.failure))} />;
  return (
    <div
      className={styles.picture}
      data-testid="graph-picture"
      data-laid-out={laidOut || undefined}
      data-nodes={picture.graph.nodes.length}
    >
      <div className={styles.split}>
        <div className={styles.stage}>
          <div
            className={styles.canvas}
            ref={container}
            // A picture moved by keys is an application of its own for a screen reader; the table of nodes says the same in words.
            role="application"
            aria-label={t("picture.described", { nodes: picture.graph.nodes.length, edges: picture.graph.edges.length })}
            aria-describedby={hint}
            data-waiting={!laidOut || undefined}
            {...keyboard}
          />
          <p id={hint} className="visually-hidden">
            {t("picture.keys")}
          </p>
          <Tools
            panel={panel}
            onPanel={setPanel}
            layout={kept.layout}
            onLayout={(layout) => (layout === kept.layout ? void drawn.layOut(layout) : kept.setLayout(layout))}
            onZoom={(factor) => drawing?.zoomBy(factor)}
            onFit={() => drawing?.fit()}
            onExport={onExport}
          />
          {(drawn.layingOut || !drawing) && (
            <div className={styles.busy} role="status">
              <span>{t("picture.layingOut")}</span>
              <Progress value={null} label={t("picture.layingOut")} />
              {drawn.layingOut && <Button onClick={drawn.cancel}>{t("picture.stop")}</Button>}
            </div>
          )}
          <Telling picture={picture} truncated={props.truncated} failure={exportFailure} />
          <p className="visually-hidden" role="status">
            {said}
          </p>
          <Legend picture={picture} />
        </div>
        {panel && (
          <section
            className={styles.panel}
            aria-label={t(`picture.${panel}`)}
            onKeyDown={(event) => {
              if (event.key !== "Escape" || event.defaultPrevented) return;
              event.stopPropagation();
              setPanel(null);
              container.current?.focus();
            }}
          >
            <div className={styles.panelHead}>
              <h2>{t(`picture.${panel}`)}</h2>
              <IconButton label={t("picture.close")} icon={<IconX size={20} />} onClick={() => setPanel(null)} />
            </div>
            <div className={styles.panelBody} data-fills={panel === "nodes" || undefined}>
              {panel === "details" && <Details picture={picture} onExpand={expand} />}
              {panel === "nodes" && <NodeList picture={picture} />}
              {panel === "looks" && (
                <LooksPanel picture={picture} nodes={picture.graph.nodes} onChange={kept.setLook} onReset={kept.resetLooks} />
              )}
            </div>
          </section>
        )}
      </div>
    </div>
  );
}

/** What the picture does not show by itself: that it is cut, what an expansion brought, what failed. */
function Telling({ picture, truncated, failure }: { picture: PictureState; truncated: boolean; failure: unknown }) {
  const { t } = useTranslation("research");
  const words = useErrorWords();
  const { told, expanding } = picture;
  const lines = [
    ...(truncated ? [t("picture.truncated", { count: picture.graph.nodes.length })] : []),
    ...(expanding === null ? [] : [t("picture.expanding")]),
    ...(told?.kind === "added" ? [t("picture.added", { count: told.count })] : []),
    ...(told?.kind === "more" ? [t("picture.addedMore", { count: told.count })] : []),
    ...(told?.kind === "failed" ? [words(toAppError(told.error)).message] : []),
    ...(failure ? [words(toAppError(failure)).message] : []),
  ];
  return (
    <div className={styles.told} role="status">
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </div>
  );
}

function chosenInWords({ chosen, graph, looks }: PictureState): string {
  if (!chosen) return "";
  if ("edge" in chosen) return graph.edges.find(({ id }) => id === chosen.edge)?.type ?? "";
  const node = graph.nodes.find(({ id }) => id === chosen.node);
  return node ? `${mainLabel(node)} ${captionOf(node, looks.get(mainLabel(node)))}` : "";
}
