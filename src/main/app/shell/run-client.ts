import type { X509Certificate } from "node:crypto";
import { app as electronApp, Menu, powerMonitor, protocol, session, shell } from "electron";
import type { Log } from "../../platform/log.ts";
import { VERSION } from "../version.ts";
import { answerAway, awayUrl, causeOfLoad } from "./away-page.ts";
import { guardContents, guardSession } from "./guard-contents.ts";
import { menuTemplate } from "./menu.ts";
import { PAGES_SCHEME } from "./pages-origin.ts";
import { declarePagesScheme } from "./pages-protocol.ts";
import { judgeBy } from "./pinned-authority.ts";
import { badgeFollowsTitle } from "./unread-badge.ts";
import { focusWindow, openWindow, type StateStore } from "./window.ts";

export interface ClientShellOptions {
  /** The clinic's host on another computer: `https://clinic.example:7420`. */
  url: string;
  /** An authority that is trusted beside the system's own; null for the system's alone. */
  authority: X509Certificate | null;
  dataFolder: string;
  /** The file in which the address is set. */
  configurationFile: string;
  log: Log;
  state: StateStore;
}

/** Chromium's word for a load that another one has replaced. */
const REPLACED = -3;

/**
 * Runs the window of a computer without stores of its own: it shows what the clinic's host serves, over TLS. The page is as much a
 * stranger to this computer as in a browser: no preload, no port, and no way to any other address.
 */
export async function runClient(options: ClientShellOptions): Promise<void> {
  const { url, authority, dataFolder, configurationFile, log, state } = options;
  const { origin } = new URL(url);
  declarePagesScheme();
  electronApp.enableSandbox();
  if (!electronApp.requestSingleInstanceLock()) {
    electronApp.quit();
    return;
  }
  electronApp.on("web-contents-created", (_event, contents) => guardContents(contents, origin));
  electronApp.on("second-instance", focusWindow);
  electronApp.on("window-all-closed", () => electronApp.quit());
  await electronApp.whenReady();
  guardSession(session.defaultSession, origin);
  const judge = judgeBy(authority);
  session.defaultSession.setCertificateVerifyProc((asked, answer) => answer(judge(asked)));
  const away = { host: `${origin}/`, configurationFile, locale: electronApp.getLocale() };
  protocol.handle(PAGES_SCHEME, (request) => answerAway(request.url, away));

  const open = () => {
    const window = openWindow({ address: `${origin}/`, preload: null, devTools: false, state, log });
    badgeFollowsTitle(window);
    window.webContents.on("did-fail-load", (_event, code, description, _url, isMainFrame) => {
      if (!isMainFrame || code === REPLACED) return;
      log.warn({ code, description }, "the clinic's host cannot be shown");
      window.loadURL(awayUrl(causeOfLoad(code))).catch(() => undefined);
    });
    return window;
  };
  let window = open();
  /** A page keeps who is signed in for as long as its window is there: a new one asks. */
  const lock = () => {
    const locked = window;
    window = open();
    locked.destroy();
  };
  powerMonitor.on("suspend", lock);
  powerMonitor.on("lock-screen", lock);
  const actions = {
    lock,
    openDataFolder: () => void shell.openPath(dataFolder),
    about: () => {
      electronApp.setAboutPanelOptions({ applicationName: "Polyclinic", applicationVersion: VERSION, credits: origin });
      electronApp.showAboutPanel();
    },
  };
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(electronApp.getLocale(), process.platform, actions)));
}
