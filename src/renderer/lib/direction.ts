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

/** The sign that turns "towards the end of the line" into an x axis: 1 in LTR, -1 in RTL. For arrow keys and drags. */
export function useInlineSign(): 1 | -1 {
  return useDirection() === "rtl" ? -1 : 1;
}
