import { onAppEvent } from "@renderer/lib/app-events.ts";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Subject } from "./use-open-subject.ts";

/**
 * Notices of the operating system while the window is not in front: that there is something, and nothing of it. They
 * stand on locked screens and in the system's own history, where anybody may read them.
 */
export function useSystemNotices(wanted: boolean, open: (subject: Subject) => Promise<void>): void {
  const { t } = useTranslation();
  const latest = useRef({ t, open });
  latest.current = { t, open };
  useEffect(() => {
    if (!wanted || !("Notification" in globalThis)) return;
    return onAppEvent((heard) => {
      if (heard.type !== "notifications.added" || document.hasFocus() || Notification.permission !== "granted") return;
      const { t: words } = latest.current;
      const body = words(heard.kind === "message" ? "bell.notice.message" : "bell.notice.file-added");
      // One notice a subject: the next of the same takes its place.
      const notice = new Notification(words("product"), { body, tag: heard.subjectId });
      notice.onclick = () => {
        notice.close();
        globalThis.focus();
        void latest.current.open(heard);
      };
    });
  }, [wanted]);
}
