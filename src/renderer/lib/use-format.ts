import { useEffect, useMemo, useState } from "react";
import { useClinic } from "./clinic-store.ts";
import { createFormat, type Format } from "./format.ts";
import { usePreferences } from "./preferences.ts";

/** The formatting of this screen: the clinic's zone and currency, the chosen language and calendar. */
export function useFormat(): Format {
  const language = usePreferences((state) => state.language);
  const calendar = usePreferences((state) => state.calendar);
  const timeZone = useClinic((state) => state.timeZone);
  const currency = useClinic((state) => state.currency);
  return useMemo(() => createFormat({ language, timeZone, calendar, currency }), [language, timeZone, calendar, currency]);
}

/** The time now, renewed every `everyMs`. */
export function useNow(everyMs = 15_000): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}

/** The clinic's calendar day now. */
export function useToday(): string {
  const format = useFormat();
  return format.dayOf(useNow());
}

/** The one of two names that the screen's language asks for. */
export function useLocalName(): (name: string, nameAr: string | null | undefined) => string {
  const language = usePreferences((state) => state.language);
  return (name, nameAr) => (language === "ar" && nameAr ? nameAr : name);
}
