import { useClinic } from "@renderer/lib/clinic-store.ts";
import { useGo, usePath } from "@renderer/lib/navigation.ts";
import { useSession, useUser } from "@renderer/lib/session-store.ts";
import { AppBar } from "@renderer/ui/index.ts";
import { Rail } from "@renderer/ui/rail.tsx";
import { IconLock, IconUserCircle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import styles from "./frames.module.css";
import { LanguageSwitch, ThemeSwitch } from "./look.tsx";
import { PaletteHost } from "./palette-host.tsx";
import { SampleMark } from "./sample-mark.tsx";
import { mayOpen, SCREENS } from "./screens.tsx";
import { ShellBar } from "./shell-bar.tsx";
import { useUnreadMessages } from "./use-unread.ts";

/** Bar, rail and the screen: the frame of everyone who works here. */
export function ShellFrame({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const go = useGo();
  const path = usePath();
  const user = useUser();
  const unread = useUnreadMessages();
  const entries = SCREENS.flatMap((screen) => {
    if (!screen.rail || user.mustChangePassword || !mayOpen(screen, user.roles)) return [];
    const { word, icon: Icon } = screen.rail;
    return [
      {
        id: screen.path,
        word: t(`rail.${word}`),
        icon: <Icon size={20} aria-hidden="true" />,
        current: path === screen.path || path.startsWith(`${screen.path}/`),
        ...(screen.path === "/messages" ? { count: unread, countWords: t("rail.unread", { count: unread }) } : {}),
        act: () => go(screen.path),
      },
    ];
  });
  const foot = [
    {
      id: "account",
      word: t("rail.account"),
      icon: <IconUserCircle size={20} aria-hidden="true" />,
      current: path === "/account",
      act: () => go("/account"),
    },
    { id: "lock", word: t("rail.lock"), icon: <IconLock size={20} aria-hidden="true" />, act: () => useSession.getState().lock() },
  ];
  return (
    <div className={styles.shell}>
      <ShellBar />
      <div className={styles.below}>
        <Rail label={t("rail.label")} entries={entries} foot={foot} />
        <main className={styles.main}>{children}</main>
      </div>
      <PaletteHost />
    </div>
  );
}

/** Before sign-in: a bar with the product, language and look. */
export function FrontFrame({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const sample = useClinic((state) => state.sample);
  return (
    <div className={styles.bare}>
      <AppBar
        tall
        title={t("product")}
        end={
          <>
            {sample && <SampleMark />}
            <LanguageSwitch />
            <ThemeSwitch />
          </>
        }
      />
      <main className={styles.bareMain}>{children}</main>
    </div>
  );
}

/** A screen that draws its own frame; it too says when the clinic is the sample. */
export function BareFrame({ children }: { children: ReactNode }) {
  const sample = useClinic((state) => state.sample);
  return (
    <div className={styles.bare}>
      {sample && (
        <div className={styles.strip}>
          <SampleMark />
        </div>
      )}
      <div className={styles.bareMain}>{children}</div>
    </div>
  );
}
