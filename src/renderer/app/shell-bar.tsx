import { Menu } from "@mantine/core";
import { useClinic } from "@renderer/lib/clinic-store.ts";
import { initials, isolated } from "@renderer/lib/format.ts";
import { useGo } from "@renderer/lib/navigation.ts";
import { usePalette } from "@renderer/lib/palette.ts";
import { Part } from "@renderer/lib/parts.tsx";
import { closeSession } from "@renderer/lib/session.ts";
import { useUser } from "@renderer/lib/session-store.ts";
import { useFormat, useNow } from "@renderer/lib/use-format.ts";
import { AppBar, Kbd, Num } from "@renderer/ui/index.ts";
import { IconDatabase, IconLogout, IconSearch, IconUserCircle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useConnection } from "./connection-store.ts";
import styles from "./frames.module.css";
import { LookMenu } from "./look.tsx";
import { SampleMark } from "./sample-mark.tsx";

function Clock() {
  const format = useFormat();
  const now = useNow(5_000);
  return (
    <>
      <span className={styles.today}>{format.dayShort(format.dayOf(now))}</span>
      <Num className={styles.clock}>{format.time(now)}</Num>
    </>
  );
}

function Me() {
  const { t } = useTranslation();
  const go = useGo();
  const user = useUser();
  const role = user.roles[0];
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <button type="button" className={styles.me}>
          <span className="visually-hidden">{t("bar.me")} </span>
          <span className={styles.initials} aria-hidden="true">
            {initials(user.displayName)}
          </span>
          <span className={styles.meName}>
            {role && role !== "doctor" ? t("bar.who", { name: isolated(user.displayName), role: t(`roles.${role}`) }) : user.displayName}
          </span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconUserCircle size={16} />} onClick={() => go("/account")}>
          {t("bar.account")}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} className="flip" />} onClick={() => void closeSession()}>
          {t("bar.signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** The top bar of the shell: clinic, palette, connection, clock, look, who is signed in. */
export function ShellBar() {
  const { t } = useTranslation();
  const name = useClinic((state) => state.name);
  const sample = useClinic((state) => state.sample);
  const connected = useConnection((state) => state.connected && state.lostStores.length === 0);
  const open = usePalette((state) => state.setOpen);
  const mustChange = useUser().mustChangePassword;
  return (
    <AppBar
      title={name || t("product")}
      end={
        <>
          {sample && <SampleMark />}
          {connected && (
            <span className={styles.connected}>
              <IconDatabase size={16} aria-hidden="true" />
              <span className={styles.connectedWord}>{t("bar.connected")}</span>
            </span>
          )}
          <Clock />
          {!mustChange && <Part name="shell.bell" />}
          <LookMenu />
          <Me />
        </>
      }
    >
      <button type="button" className={styles.find} onClick={() => open(true)}>
        <IconSearch size={16} aria-hidden="true" />
        <span className={styles.findWords}>{t("bar.find")}</span>
        <Kbd>Ctrl K</Kbd>
      </button>
    </AppBar>
  );
}
