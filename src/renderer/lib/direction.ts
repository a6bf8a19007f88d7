import { type Language, usePreferences } from "./preferences.ts";

export type Direction = "ltr" | "rtl";

/** Which way a language is read. */
export function directionOf(language: Language): Direction {
  return language === "ar" ? "rtl" : "ltr";
}

/** The direction of the screen now. */
export function useDirection(): Direction {
  return directionOf(usePreferences((state) => state.language));
}
