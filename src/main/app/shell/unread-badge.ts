import { type BrowserWindow, app as electronApp } from "electron";

/** The number of a title such as `(3) Polyclinic`; 0 where it has none. */
function unreadIn(title: string): number {
  return Number(/^\((\d+)\) /.exec(title)?.[1] ?? 0);
}

/** Shows on the application's icon how much is unread, where the system has such a mark: the page says it in its title. */
export function badgeFollowsTitle(window: BrowserWindow): void {
  window.on("page-title-updated", (_event, title) => electronApp.setBadgeCount(unreadIn(title)));
}
