import { join } from "node:path";
import { BrowserWindow, screen } from "electron";
import type { Log } from "../../platform/log.ts";
import { attachContextMenu } from "./context-menu.ts";
import { boundsOn, MINIMUM_SIZE, readWindowState, type WindowState } from "./window-state.ts";

/** Where the state of the window is kept between runs. */
export interface StateStore {
  get(key: "window"): unknown;
  set(key: "window", value: WindowState): void;
}

export interface WindowOptions {
  /** Null for pages that are not ours: they get no way into this computer. */
  preload: string | null;
  state: StateStore;
  log: Log;
  /** What it shows. */
  address: string;
  devTools: boolean;
}

const RELOADS_ALLOWED = 3;
const RELOAD_WINDOW_MS = 60_000;

/** Opens the main window: sandboxed, isolated, without Node, where it was left last time. */
export function openWindow({ preload, state, log, address, devTools }: WindowOptions): BrowserWindow {
  const remembered = readWindowState(state.get("window"));
  const areas = screen.getAllDisplays().map((display) => display.workArea);
  const window = new BrowserWindow({
    ...boundsOn(remembered.bounds, areas),
    minWidth: MINIMUM_SIZE.width,
    minHeight: MINIMUM_SIZE.height,
    show: false,
    title: "Polyclinic",
    webPreferences: {
      ...(preload === null ? {} : { preload }),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: true,
      devTools,
    },
  });
  if (remembered.maximized) window.maximize();
  window.once("ready-to-show", () => window.show());
  keepState(window, state, remembered);
  attachContextMenu(window.webContents);
  reloadAfterCrash(window, log);
  // What cannot be loaded is told by `did-fail-load`.
  window.loadURL(address).catch(() => undefined);
  return window;
}

/** A second start brings the first window to the front. */
export function focusWindow(): void {
  const [window] = BrowserWindow.getAllWindows();
  if (!window) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

function keepState(window: BrowserWindow, state: StateStore, remembered: WindowState): void {
  const contents = window.webContents;
  contents.on("did-finish-load", () => contents.setZoomLevel(readWindowState(state.get("window")).zoomLevel));
  const remember = () => {
    state.set("window", { bounds: window.getNormalBounds(), maximized: window.isMaximized(), zoomLevel: contents.getZoomLevel() });
  };
  contents.on("zoom-changed", (_event, direction) => {
    contents.setZoomLevel(contents.getZoomLevel() + (direction === "in" ? 0.5 : -0.5));
    remember();
  });
  window.on("close", remember);
  if (remembered.bounds === null) window.center();
}

/** A crashed page is loaded again (its draft is on disk); one that keeps crashing is left alone. */
function reloadAfterCrash(window: BrowserWindow, log: Log): void {
  let crashes: number[] = [];
  window.webContents.on("render-process-gone", (_event, { reason, exitCode }) => {
    log.error({ reason, exitCode }, "the window's page is gone");
    if (reason === "clean-exit" || window.isDestroyed()) return;
    const now = performance.now();
    crashes = [...crashes.filter((at) => now - at < RELOAD_WINDOW_MS), now];
    if (crashes.length <= RELOADS_ALLOWED) window.webContents.reload();
  });
}

/** The preload beside the built main process. */
export function preloadPath(mainFolder: string): string {
  return join(mainFolder, "..", "preload", "index.cjs");
}
