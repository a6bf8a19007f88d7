import { create } from "zustand";
import { persist } from "zustand/middleware";

export type Language = "en" | "ar";
export type Theme = "light" | "dark";
export type Contrast = "normal" | "high";
export type CalendarKind = "gregorian" | "hijri";

interface Preferences {
  language: Language;
  theme: Theme;
  contrast: Contrast;
  /** How days are shown; they are stored Gregorian whatever is chosen. */
  calendar: CalendarKind;
  setLanguage(language: Language): void;
  setTheme(theme: Theme): void;
  setContrast(contrast: Contrast): void;
  setCalendar(calendar: CalendarKind): void;
}

const prefers = (query: string) => globalThis.matchMedia?.(query).matches ?? false;

/** What this screen was told about language and look; kept on this machine, not with the account. */
export const usePreferences = create<Preferences>()(
  persist(
    (set) => ({
      language: globalThis.navigator?.language?.startsWith("ar") ? "ar" : "en",
      theme: prefers("(prefers-color-scheme: dark)") ? "dark" : "light",
      contrast: prefers("(prefers-contrast: more)") ? "high" : "normal",
      calendar: "gregorian",
      setLanguage: (language) => set({ language }),
      setTheme: (theme) => set({ theme }),
      setContrast: (contrast) => set({ contrast }),
      setCalendar: (calendar) => set({ calendar }),
    }),
    { name: "polyclinic.preferences" },
  ),
);
