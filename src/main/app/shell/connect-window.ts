import { type BrowserWindow, type IpcMain, type IpcMainEvent, MessageChannelMain } from "electron";
import type { Log } from "../../platform/log.ts";
import { servePort } from "../../rpc/message-port.ts";
import type { App } from "../compose.ts";
import { isOwnPage } from "./guard-contents.ts";

/** The one channel between page and main process: it carries a port, and the port carries the routes. */
export const CONNECT_CHANNEL = "polyclinic:connect";

/**
 * Hands the window one port when its page asks, after checking that it is the window's main frame and shows our own page.
 * Asking again (after a reload) hangs up on the port before.
 */
export function connectWindow(options: {
  window: BrowserWindow;
  ipc: IpcMain;
  app: App;
  log: Log;
  developmentOrigin: string | null;
}): () => void {
  const { window, ipc, app, log, developmentOrigin } = options;
  let hangUp = () => {};
  const connect = (event: IpcMainEvent) => {
    const frame = event.senderFrame;
    if (
      event.sender !== window.webContents ||
      frame === null ||
      frame !== window.webContents.mainFrame ||
      !isOwnPage(frame.url, developmentOrigin)
    ) {
      log.warn({ sender: event.sender.id }, "a page that is not ours asked for the port");
      return;
    }
    hangUp();
    const { port1, port2 } = new MessageChannelMain();
    hangUp = servePort(port1, { handler: app.rpc, clock: app.clock, userAgent: "Polyclinic window" });
    frame.postMessage(CONNECT_CHANNEL, null, [port2]);
  };
  ipc.on(CONNECT_CHANNEL, connect);
  return () => {
    ipc.off(CONNECT_CHANNEL, connect);
    hangUp();
  };
}
