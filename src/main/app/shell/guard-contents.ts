import type { Session, WebContents } from "electron";
import { PAGES_ORIGIN } from "./pages-origin.ts";

/**
 * True for an address of our own pages. `developmentOrigin` is the dev server's, or that of the clinic's host where this computer is its
 * client; null everywhere else.
 */
export function isOwnPage(url: string, developmentOrigin: string | null): boolean {
  try {
    const { protocol, host } = new URL(url);
    const origin = `${protocol}//${host}`;
    return origin === PAGES_ORIGIN || (developmentOrigin !== null && origin === developmentOrigin);
  } catch {
    return false;
  }
}

/** Keeps a page where it is: no navigation to elsewhere, no new windows, no embedded views. */
export function guardContents(contents: WebContents, developmentOrigin: string | null): void {
  const stay = (event: { preventDefault(): void; url: string }) => {
    if (!isOwnPage(event.url, developmentOrigin)) event.preventDefault();
  };
  contents.on("will-navigate", stay);
  contents.on("will-frame-navigate", stay);
  contents.on("will-redirect", stay);
  contents.on("will-attach-webview", (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: "deny" }));
}

/** Screens that take photos: the kiosk, the chart and the patient's portal. */
const CAMERA_SCREENS = /^#\/(kiosk|today|portal)(?![\w-])/;

/** What any page of ours may do: notices of the system (without names or content) and copying to the clipboard; reading it never. */
const OF_OUR_PAGES: readonly string[] = ["notifications", "clipboard-sanitized-write"];

/**
 * Denies every permission but those of our own pages and the camera to the screens that take photos, every device, and
 * every request that leaves our pages.
 */
export function guardSession(session: Session, developmentOrigin: string | null): void {
  const takesPhotos = (url: string) => isOwnPage(url, developmentOrigin) && CAMERA_SCREENS.test(new URL(url).hash);
  const mayAlways = (contents: WebContents, permission: string) =>
    OF_OUR_PAGES.includes(permission) && isOwnPage(contents.getURL(), developmentOrigin);
  session.setPermissionRequestHandler((contents, permission, answer, details) => {
    const types = "mediaTypes" in details ? (details.mediaTypes ?? []) : [];
    const onlyCamera = permission === "media" && types.length > 0 && types.every((type) => type === "video");
    answer(mayAlways(contents, permission) || (onlyCamera && takesPhotos(contents.getURL())));
  });
  session.setPermissionCheckHandler((contents, permission, _origin, details) => {
    if (contents === null) return false;
    return mayAlways(contents, permission) || (permission === "media" && details.mediaType === "video" && takesPhotos(contents.getURL()));
  });
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest((request, answer) => {
    const inner = /^(devtools|blob|data):/.test(request.url);
    const development = developmentOrigin !== null && isOwnPage(request.url.replace(/^ws/, "http"), developmentOrigin);
    answer({ cancel: !(inner || development || isOwnPage(request.url, developmentOrigin)) });
  });
  // On Linux Chromium would fetch dictionaries from a server of its maker; ours has none, so nothing leaves the machine.
  session.setSpellCheckerDictionaryDownloadURL(`${PAGES_ORIGIN}/dictionaries/`);
}
