import { useRouteQuery } from "@renderer/lib/api.ts";
import { useGo } from "@renderer/lib/navigation.ts";
import { useUser } from "@renderer/lib/session-store.ts";
import { Num } from "@renderer/ui/index.ts";
import { IconChevronRight, IconMessage } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import styles from "./portal.module.css";

/** Who has written something that is not read yet; opens the conversation. */
export function NewMessages() {
  const { t } = useTranslation("portal");
  const go = useGo();
  const me = useUser().id;
  const query = useRouteQuery("messaging", "listConversations", {});
  const unread = (query.data?.items ?? []).filter((item) => item.unread > 0);
  if (unread.length === 0) return null;
  return (
    <section className={styles.card} data-list="" aria-label={t("tabs.messages")}>
      {unread.map(({ id, participants, last, unread: count }) => (
        <button key={id} type="button" className={styles.link} onClick={() => go("/portal", { tab: "messages", c: id })}>
          <IconMessage size={24} aria-hidden="true" />
          <span className={styles.linkWords}>
            <bdi>{participants.find(({ userId }) => userId !== me)?.displayName}</bdi>
            {last?.text && (
              <span className={styles.quote} dir="auto">
                {last.text}
              </span>
            )}
          </span>
          <span className="visually-hidden">{t("tabs.unread", { count })}</span>
          <Num className={styles.unread}>
            <span aria-hidden="true">{count}</span>
          </Num>
          <IconChevronRight size={20} className="flip" aria-hidden="true" />
        </button>
      ))}
    </section>
  );
}
