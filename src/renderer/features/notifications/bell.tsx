import { Popover } from "@mantine/core";
import { useRouteCommand, useRouteQuery } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { Button, EmptyState, IconButton, Loaded, Num } from "@renderer/ui/index.ts";
import { IconBell, IconChevronLeft, IconSettings } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./bell.module.css";
import { ToldRows } from "./told-rows.tsx";
import { ToldSettings } from "./told-settings.tsx";
import { useOpenSubject } from "./use-open-subject.ts";
import { useSystemNotices } from "./use-system-notices.ts";

const SHOWN = 30;
const MOST = 99;

/** The bell with what was told and not seen yet; behind it, what is told at all. */
export function Part() {
  const { t } = useTranslation();
  const words = useErrorWords();
  const [opened, setOpened] = useState(false);
  const [settings, setSettings] = useState(false);
  const query = useRouteQuery("notifications", "list", { unreadOnly: true, limit: SHOWN });
  const preferences = useRouteQuery("notifications", "getPreferences", {});
  const openSubject = useOpenSubject();
  useSystemNotices(preferences.data?.system ?? false, openSubject);
  const readAll = useRouteCommand("notifications", "markRead");
  const unread = query.data?.unread ?? 0;
  const show = (next: boolean) => {
    setOpened(next);
    if (!next) setSettings(false);
  };
  return (
    <Popover position="bottom-end" opened={opened} onChange={show} trapFocus returnFocus>
      <Popover.Target>
        <IconButton
          className={styles.bell}
          label={unread > 0 ? t("bell.openCount", { count: unread }) : t("bell.open")}
          icon={
            <>
              <IconBell size={20} />
              {unread > 0 && <Num className={styles.count}>{unread > MOST ? `${MOST}+` : unread}</Num>}
            </>
          }
          aria-expanded={opened}
          onClick={() => show(!opened)}
        />
      </Popover.Target>
      <Popover.Dropdown className={styles.sheet} aria-label={t("bell.title")}>
        <div className={styles.head}>
          {settings && (
            <IconButton label={t("bell.back")} icon={<IconChevronLeft size={20} className="flip" />} onClick={() => setSettings(false)} />
          )}
          <h2 className={styles.title}>{settings ? t("bell.settings") : t("bell.title")}</h2>
          {!settings && unread > 0 && (
            <Button variant="quiet" busy={readAll.isPending} onClick={() => readAll.mutate({})}>
              {t("bell.allRead")}
            </Button>
          )}
          {!settings && <IconButton label={t("bell.settings")} icon={<IconSettings size={20} />} onClick={() => setSettings(true)} />}
        </div>
        {settings ? (
          <ToldSettings query={preferences} />
        ) : (
          <Loaded query={query} words={words}>
            {({ items }) =>
              items.length === 0 ? (
                <EmptyState title={t("bell.none")}>{t("bell.noneHint")}</EmptyState>
              ) : (
                <ToldRows
                  items={items}
                  onOpen={(item) => {
                    show(false);
                    void openSubject(item);
                  }}
                />
              )
            }
          </Loaded>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
