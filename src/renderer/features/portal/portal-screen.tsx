import { useRouteQuery } from "@renderer/lib/api.ts";
import { useGo, useSearchValue } from "@renderer/lib/navigation.ts";
import { Part } from "@renderer/lib/parts.tsx";
import { useUser } from "@renderer/lib/session-store.ts";
import { Num } from "@renderer/ui/index.ts";
import { IconCalendarEvent, IconClipboardHeart, IconHome, IconMessage, IconUserCircle } from "@tabler/icons-react";
import type { ComponentType } from "react";
import { useTranslation } from "react-i18next";
import { BookVisit } from "./book-visit.tsx";
import styles from "./portal.module.css";
import { PortalBar } from "./portal-bar.tsx";
import { PortalHome } from "./portal-home.tsx";
import { PortalProfile } from "./portal-profile.tsx";
import { PortalRecord } from "./portal-record.tsx";
import { PortalVisits } from "./portal-visits.tsx";

const TABS = ["home", "visits", "messages", "record", "profile"] as const;
type Tab = (typeof TABS)[number];
const ICONS: Record<Tab, ComponentType<{ size?: number; "aria-hidden"?: "true" }>> = {
  home: IconHome,
  visits: IconCalendarEvent,
  messages: IconMessage,
  record: IconClipboardHeart,
  profile: IconUserCircle,
};

/** The patient's own screen, made for a phone: next visit, book, past visits, the record, the profile. */
export function Screen() {
  const { t } = useTranslation("portal");
  const go = useGo();
  const [tab = "home"] = useSearchValue("tab");
  const [booking] = useSearchValue("book");
  const patientId = useUser().externalId ?? "";
  const unread = useRouteQuery("messaging", "listConversations", {}).data?.unread ?? 0;
  const writing = !booking && tab === "messages";
  return (
    <div className={styles.portal}>
      <PortalBar />
      <main className={styles.main}>
        <div className={writing ? styles.whole : styles.column}>
          {writing ? (
            <Part name="portal.messages" patientId={patientId} />
          ) : booking ? (
            <BookVisit />
          ) : tab === "visits" ? (
            <PortalVisits />
          ) : tab === "record" ? (
            <PortalRecord />
          ) : tab === "profile" ? (
            <PortalProfile />
          ) : (
            <PortalHome />
          )}
        </div>
      </main>
      <nav className={styles.tabs} aria-label={t("tabs.label")}>
        {TABS.map((name) => {
          const Icon = ICONS[name];
          return (
            <button
              key={name}
              type="button"
              className={styles.tab}
              aria-current={!booking && tab === name ? "page" : undefined}
              onClick={() => go("/portal", { tab: name })}
            >
              <span className={styles.tabIcon}>
                <Icon size={24} aria-hidden="true" />
                {name === "messages" && unread > 0 && (
                  <Num className={styles.tabCount}>
                    <span aria-hidden="true">{unread}</span>
                  </Num>
                )}
              </span>
              <span>{t(`tabs.${name}`)}</span>
              {name === "messages" && unread > 0 && <span className="visually-hidden">{t("tabs.unread", { count: unread })}</span>}
            </button>
          );
        })}
      </nav>
    </div>
  );
}
