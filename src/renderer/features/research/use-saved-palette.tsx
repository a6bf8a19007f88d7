import { type PaletteProvider, usePaletteProvider } from "@renderer/lib/palette.ts";
import { IconBookmark } from "@tabler/icons-react";
import { useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { SavedQuery } from "./types.ts";

const SHOWN = 8;

/** Ctrl+K finds a saved query by its name or what it answers, and loads it. */
export function useSavedPalette(queries: readonly SavedQuery[], load: (query: SavedQuery) => void): void {
  const { t } = useTranslation("research");
  const heading = t("saved.palette");
  const latest = useRef({ queries, load });
  latest.current = { queries, load };
  const provider = useMemo<PaletteProvider>(
    () => ({
      heading,
      find: (text) => {
        const sought = text.trim().toLowerCase();
        return latest.current.queries
          .filter(({ name, description }) => `${name}\n${description}`.toLowerCase().includes(sought))
          .slice(0, SHOWN)
          .map((query) => ({
            id: query.id,
            title: query.name,
            detail: query.description,
            icon: <IconBookmark size={16} aria-hidden="true" />,
            act: () => latest.current.load(query),
          }));
      },
    }),
    [heading],
  );
  usePaletteProvider("research", provider);
}
