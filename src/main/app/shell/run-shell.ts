import { join } from "node:path";
import { AppError } from "@shared/define.ts";
import { dialog, app as electronApp, ipcMain, Menu, powerMonitor, protocol, session, shell } from "electron";
import type { Log } from "../../platform/log.ts";
import type { App } from "../compose.ts";
import { connectWindow } from "./connect-window.ts";
import { guardContents, guardSession } from "./guard-contents.ts";
import { menuTemplate } from "./menu.ts";
import { PAGES_ORIGIN } from "./pages-origin.ts";
import { declarePagesScheme, servePages } from "./pages-protocol.ts";
import { badgeFollowsTitle } from "./unread-badge.ts";
import { focusWindow, openWindow, preloadPath, type StateStore } from "./window.ts";

export interface ShellOptions {
  /** Folder of the built main process. */
  mainFolder: string;
  dataFolder: string;
  log: Log;
  state: StateStore;
  /** Opens the stores and everything behind the routes. */
  compose: () => Promise<App>;
  /** Address of the dev server under `npm run dev`; null otherwise. */
  developmentUrl: string | null;
}

/** Runs the desktop application: one instance, one window, a clean end. */
export async function runShell(options: ShellOptions): Promise<void> {
  declarePagesScheme();
  electronApp.enableSandbox();
  if (!electronApp.requestSingleInstanceLock()) {
    electronApp.quit();
    return;
  }
  const developmentOrigin = options.developmentUrl === null ? null : new URL(options.developmentUrl).origin;
  electronApp.on("web-contents-created", (_event, contents) => guardContents(contents, developmentOrigin));
  electronApp.on("second-instance", focusWindow);
  await electronApp.whenReady();
  guardSession(session.defaultSession, developmentOrigin);
  let open: App | null = null;
  servePages(protocol, join(options.mainFolder, "..", "renderer"), () => open);

  const app = await composed(options);
  open = app;
  if (!app) return;
  const window = openWindow({
    ...{ state: options.state, log: options.log, preload: preloadPath(options.mainFolder) },
    ...{ address: options.developmentUrl ?? `${PAGES_ORIGIN}/`, devTools: options.developmentUrl !== null },
  });
  badgeFollowsTitle(window);
  const disconnect = connectWindow({ window, ipc: ipcMain, app, log: options.log, developmentOrigin });
  const lock = () => app.announce({ type: "session.lockRequested" });
  powerMonitor.on("suspend", lock);
  powerMonitor.on("lock-screen", lock);
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(electronApp.getLocale(), process.platform, menuActions(options, app, lock))));
  electronApp.on("window-all-closed", () => electronApp.quit());
  endCleanly(app, disconnect, options.log);
}

/** The app, or null after telling the person at the screen why the clinic's data cannot be opened. */
async function composed({ compose, log }: ShellOptions): Promise<App | null> {
  try {
    return await compose();
  } catch (error) {
    log.error({}, "the clinic cannot be opened", error);
    const reason = error instanceof AppError ? error.message : "The stores cannot be opened. The log in the data folder says why.";
    dialog.showErrorBox("Polyclinic", reason);
    electronApp.exit(1);
    return null;
  }
}

/** Quitting waits until what is in flight is done and the stores are closed. */
function endCleanly(app: App, disconnect: () => void, log: Log): void {
  let ending = false;
  const end = async (): Promise<number> => {
    try {
      await app.close();
      disconnect();
      return 0;
    } catch (error) {
      log.error({}, "the stores did not close cleanly", error);
      return 1;
    }
  };
  electronApp.on("before-quit", (event) => {
    event.preventDefault();
    if (ending) return;
    ending = true;
    void end().then((code) => electronApp.exit(code));
  });
}

function menuActions(options: ShellOptions, app: App, lock: () => void) {
  return {
    lock,
    openDataFolder: () => void shell.openPath(options.dataFolder),
    about: () => {
      electronApp.setAboutPanelOptions({
        applicationName: "Polyclinic",
        applicationVersion: app.version,
        copyright: "Apache-2.0",
        credits: options.dataFolder,
      });
      electronApp.showAboutPanel();
    },
  };
}
