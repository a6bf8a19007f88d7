import type { KeyboardEvent, PointerEvent } from "react";
import type { Drawing } from "./drawing.ts";
import { ZOOM_STEP } from "./tools.tsx";
import type { PictureState } from "./use-picture.ts";

/** How far an arrow key moves the view, in pixels. */
const STEP = 60;
const ARROWS: Record<string, readonly [number, number]> = {
  ArrowLeft: [STEP, 0],
  ArrowRight: [-STEP, 0],
  ArrowUp: [0, STEP],
  ArrowDown: [0, -STEP],
};

/** The keys of the picture itself: arrows, +, −, 0, N, Enter, Delete, Esc. Tab leaves it as it leaves everything. */
export function pictureKeys(drawing: Drawing | null, picture: PictureState, expand: (id: string) => void) {
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (!drawing || event.ctrlKey || event.metaKey || event.altKey || event.target !== event.currentTarget) return;
    const node = picture.chosen && "node" in picture.chosen ? picture.chosen.node : null;
    const arrow = ARROWS[event.key];
    if (arrow) drawing.panBy(...arrow);
    else if (event.key === "+" || event.key === "=") drawing.zoomBy(ZOOM_STEP);
    else if (event.key === "-") drawing.zoomBy(1 / ZOOM_STEP);
    else if (event.key === "0") drawing.fit();
    // By place: on an Arabic keyboard the key writes another letter.
    else if (event.code === "KeyN") chooseNext(drawing, picture, node, event.shiftKey ? -1 : 1);
    else if (event.key === "Enter" && node !== null) expand(node);
    else if ((event.key === "Delete" || event.key === "Backspace") && node !== null) picture.hide(node);
    else if (event.key === "Escape" && picture.chosen) picture.choose(null);
    else return;
    event.preventDefault();
  };
  // The canvas takes what is pressed on it for itself; the keys then belong to it too.
  const onPointerDown = (event: PointerEvent<HTMLElement>) => event.currentTarget.focus({ preventScroll: true });
  return { tabIndex: 0, onKeyDown, onPointerDown };
}

function chooseNext(drawing: Drawing, { graph, marks, choose }: PictureState, from: string | null, by: 1 | -1): void {
  const shown = graph.nodes.filter(({ id }) => !marks.away.has(id));
  if (shown.length === 0) return;
  const at = shown.findIndex(({ id }) => id === from);
  const next = shown[at < 0 ? 0 : (at + by + shown.length) % shown.length];
  if (!next) return;
  choose({ node: next.id });
  drawing.reveal(next.id);
}
