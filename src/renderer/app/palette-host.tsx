import { useDebouncedValue } from "@mantine/hooks";
import { useHotkeys } from "@renderer/lib/hotkeys.ts";
import { useGo } from "@renderer/lib/navigation.ts";
import { type PaletteItem, usePalette } from "@renderer/lib/palette.ts";
import { closeSession } from "@renderer/lib/session.ts";
import { useSession, useUser } from "@renderer/lib/session-store.ts";
import { CommandPalette } from "@renderer/ui/command-palette.tsx";
import { IconLock, IconLogout } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { mayOpen, SCREENS } from "./screens.tsx";

interface Group {
  heading: string;
  rows: PaletteItem[];
}

/** What the registered providers found for the words, each as soon as it answers. */
function useFound(text: string): Group[] {
  const providers = usePalette((state) => state.providers);
  const [groups, setGroups] = useState<Record<string, Group>>({});
  const [words] = useDebouncedValue(text.trim(), 120);
  useEffect(() => {
    const stop = new AbortController();
    if (words === "") setGroups({});
    for (const [id, provider] of Object.entries(words === "" ? {} : providers)) {
      // A provider that fails answers nothing; its own screen says why when it is opened.
      void Promise.resolve(provider.find(words, stop.signal))
        .catch(() => [])
        .then((rows) => {
          if (!stop.signal.aborted) setGroups((now) => ({ ...now, [id]: { heading: provider.heading, rows } }));
        });
    }
    return () => stop.abort();
  }, [words, providers]);
  return Object.values(groups);
}

function usePages(text: string): Group[] {
  const { t } = useTranslation();
  const go = useGo();
  const user = useUser();
  const pages = SCREENS.flatMap((screen) => {
    if (!screen.rail || !mayOpen(screen, user.roles)) return [];
    const { word, icon: Icon } = screen.rail;
    return [{ id: screen.path, title: t(`rail.${word}`), icon: <Icon size={16} aria-hidden="true" />, act: () => go(screen.path) }];
  });
  const commands: PaletteItem[] = [
    { id: "lock", title: t("rail.lock"), icon: <IconLock size={16} aria-hidden="true" />, act: () => useSession.getState().lock() },
    {
      id: "sign-out",
      title: t("bar.signOut"),
      icon: <IconLogout size={16} className="flip" aria-hidden="true" />,
      act: () => void closeSession(),
    },
  ];
  const matches = ({ title }: PaletteItem) => title.toLocaleLowerCase().includes(text.trim().toLocaleLowerCase());
  return [
    { heading: t("palette.pages"), rows: pages.filter(matches) },
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
      groups={[...found, ...pages]}
      nothing={t("palette.nothing")}
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
