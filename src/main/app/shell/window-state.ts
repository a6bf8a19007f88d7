import type { Rectangle } from "electron";

export interface WindowState {
  bounds: Rectangle | null;
  maximized: boolean;
  zoomLevel: number;
}

export const NEW_WINDOW: WindowState = { bounds: null, maximized: false, zoomLevel: 0 };
export const DEFAULT_SIZE = { width: 1360, height: 860 };
export const MINIMUM_SIZE = { width: 900, height: 600 };
/** So much of the title bar must be on a screen for a hand to reach it. */
const REACHABLE_WIDTH = 120;
const REACHABLE_HEIGHT = 40;

/** The remembered bounds when they can still be reached on one of the screens' work areas, shrunk to it; else the default size, placed by the system. */
export function boundsOn(
  remembered: Rectangle | null,
  workAreas: readonly Rectangle[],
): Partial<Rectangle> & { width: number; height: number } {
  const area = remembered === null ? undefined : workAreas.find((candidate) => isReachable(remembered, candidate));
  if (remembered === null || area === undefined) return DEFAULT_SIZE;
  const width = Math.max(MINIMUM_SIZE.width, Math.min(remembered.width, area.width));
  const height = Math.max(MINIMUM_SIZE.height, Math.min(remembered.height, area.height));
  return { x: Math.round(remembered.x), y: Math.round(remembered.y), width: Math.round(width), height: Math.round(height) };
}

function isReachable(bounds: Rectangle, area: Rectangle): boolean {
  const overlap = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x);
  const top = bounds.y >= area.y && bounds.y <= area.y + area.height - REACHABLE_HEIGHT;
  return top && overlap >= REACHABLE_WIDTH;
}

/** What was stored, or a new window's state where it cannot be read. */
export function readWindowState(stored: unknown): WindowState {
  if (typeof stored !== "object" || stored === null) return NEW_WINDOW;
  const { bounds, maximized, zoomLevel } = stored as Partial<Record<keyof WindowState, unknown>>;
  return {
    bounds: isRectangle(bounds) ? bounds : null,
    maximized: maximized === true,
    zoomLevel: typeof zoomLevel === "number" && Math.abs(zoomLevel) <= 9 ? zoomLevel : 0,
  };
}

function isRectangle(value: unknown): value is Rectangle {
  if (typeof value !== "object" || value === null) return false;
  const { x, y, width, height } = value as Partial<Record<keyof Rectangle, unknown>>;
  return (
    [x, y, width, height].every((side) => typeof side === "number" && Number.isFinite(side)) &&
    (width as number) > 0 &&
    (height as number) > 0
  );
}
