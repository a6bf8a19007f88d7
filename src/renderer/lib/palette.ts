import type { ReactNode } from "react";
import { useEffect } from "react";
import { create } from "zustand";

export interface PaletteItem {
  id: string;
  title: string;
  detail?: string;
  icon?: ReactNode;
  act(): void;
}

/** Finds what the typed words may mean; commands answer at once, searches may take a moment. */
export interface PaletteProvider {
  heading: string;
  find(text: string, signal: AbortSignal): Promise<PaletteItem[]> | PaletteItem[];
}

interface PaletteState {
  open: boolean;
  providers: Record<string, PaletteProvider>;
  setOpen(open: boolean): void;
}

/** The Ctrl+K palette: who answers in it, and whether it is open. */
export const usePalette = create<PaletteState>((set) => ({ open: false, providers: {}, setOpen: (open) => set({ open }) }));

/** Answer in the palette while this screen is mounted. `provider` must be stable (useMemo). */
export function usePaletteProvider(id: string, provider: PaletteProvider): void {
  useEffect(() => {
    usePalette.setState((state) => ({ providers: { ...state.providers, [id]: provider } }));
    return () =>
      usePalette.setState((state) => {
        const { [id]: _gone, ...providers } = state.providers;
        return { providers };
      });
  }, [id, provider]);
}
