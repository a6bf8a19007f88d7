import { useHotkeys } from "@renderer/lib/hotkeys.ts";
import { useGo } from "@renderer/lib/navigation.ts";
import { type PaletteItem, usePalette } from "@renderer/lib/palette.ts";
import { usePreferences } from "@renderer/lib/preferences.ts";
import { chooseLanguage, closeSession } from "@renderer/lib/session.ts";
import { useSession, useUser } from "@renderer/lib/session-store.ts";
import { CommandPalette } from "@renderer/ui/command-palette.tsx";
import { IconContrast, IconLanguage, IconLock, IconLogout, IconMoon, IconUserCircle } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { type PaletteGroup, useFound } from "./palette-found.tsx";
import { mayOpen, SCREENS } from "./screens.tsx";

/** The other language and the other looks. */
function useLooks(): PaletteItem[] {
  const { t } = useTranslation();
  const { language, theme, contrast, setTheme, setContrast } = usePreferences();
  const ground = theme === "dark" ? "light" : "dark";
  const look = (title: string, icon: ReactNode, act: () => void) => ({ id: title, title, icon, act });
  return [
    language === "ar"
      ? look(t("look.english"), <IconLanguage size={16} aria-hidden="true" />, () => chooseLanguage("en"))
      : look(t("look.arabic"), <IconLanguage size={16} aria-hidden="true" />, () => chooseLanguage("ar")),
    {
      ...look(t(`look.${ground}`), <IconMoon size={16} aria-hidden="true" />, () => setTheme(ground)),
      detail: t("look.theme"),
    },
    {
      ...look(t("look.high"), <IconContrast size={16} aria-hidden="true" />, () => setContrast(contrast === "high" ? "normal" : "high")),
      detail: t("look.theme"),
    },
  ];
}

function usePages(text: string): PaletteGroup[] {
  const { t } = useTranslation();
  const go = useGo();
  const user = useUser();
  const pages: PaletteItem[] = SCREENS.flatMap((screen) => {
    if (!screen.rail || user.mustChangePassword || !mayOpen(screen, user.roles)) return [];
    const { word, icon: Icon } = screen.rail;
    return [{ id: screen.path, title: t(`rail.${word}`), icon: <Icon size={16} aria-hidden="true" />, act: () => go(screen.path) }];
  });
  const account = {
    id: "/account",
    title: t("bar.account"),
    icon: <IconUserCircle size={16} aria-hidden="true" />,
    act: () => go("/account"),
  };
  const commands: PaletteItem[] = [
    ...useLooks(),
    { id: "lock", title: t("rail.lock"), icon: <IconLock size={16} aria-hidden="true" />, act: () => useSession.getState().lock() },
    {
      id: "sign-out",
      title: t("bar.signOut"),
      icon: <IconLogout size={16} className="flip" aria-hidden="true" />,
      act: () => void closeSession(),
    },
  ];
  const words = text.trim().toLocaleLowerCase();
  const matches = ({ title }: PaletteItem) => title.toLocaleLowerCase().includes(words);
  return [
    { heading: t("palette.pages"), rows: [...pages, account].filter(matches) },
    { heading: t("palette.commands"), rows: commands.filter(matches) },
  ];
}

function OpenPalette({ onClose }: { onClose(): void }) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const found = useFound(text);
  const pages = usePages(text);
  return (
    <CommandPalette
      title={t("palette.title")}
      placeholder={t("bar.find")}
      text={text}
      onText={setText}
      groups={[...found.groups, ...pages]}
      nothing={found.looking ? null : t("palette.nothing")}
      onClose={onClose}
    />
  );
}

/** Ctrl+K, from anywhere in the shell. */
export function PaletteHost() {
  const { open, setOpen } = usePalette();
  useHotkeys({ "mod+K": () => setOpen(true) });
  return open ? <OpenPalette onClose={() => setOpen(false)} /> : null;
}
