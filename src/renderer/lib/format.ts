import type { CalendarKind, Language } from "./preferences.ts";

export interface FormatSettings {
  language: Language;
  /** The clinic's zone: an instant is shown as the clinic's wall clock, wherever the screen stands. */
  timeZone: string;
  calendar: CalendarKind;
  currency: string;
}

// Latin digits in both languages, day before month, 24 hours: what clinics here write on paper.
function localeOf({ language, calendar }: FormatSettings): string {
  const base = language === "ar" ? "ar-EG" : "en-GB";
  return `${base}-u-nu-latn-ca-${calendar === "hijri" ? "islamic-umalqura" : "gregory"}`;
}

const AGE_UNITS = {
  en: { year: "y", month: "mo", day: "d" },
  ar: { year: "سنة", month: "شهر", day: "يوم" },
} as const;

export type Format = ReturnType<typeof createFormat>;

/** Everything that turns stored values into what people read. Pure: the same settings give the same text. */
export function createFormat(settings: FormatSettings) {
  const locale = localeOf(settings);
  const instants = (options: Intl.DateTimeFormatOptions) => {
    const formatter = new Intl.DateTimeFormat(locale, { timeZone: settings.timeZone, hourCycle: "h23", ...options });
    return (instant: string | Date) => formatter.format(typeof instant === "string" ? new Date(instant) : instant);
  };
  // A day is no instant: it is formatted in UTC from its own midnight, so no zone can move it.
  const days = (options: Intl.DateTimeFormatOptions) => {
    const formatter = new Intl.DateTimeFormat(locale, { timeZone: "UTC", ...options });
    return (day: string) => formatter.format(new Date(`${day}T00:00:00Z`)).replaceAll(",", settings.language === "en" ? "" : "،");
  };
  const isoDay = new Intl.DateTimeFormat("en-CA", { timeZone: settings.timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  const dayOf = (instant: string | Date) => isoDay.format(typeof instant === "string" ? new Date(instant) : instant);
  const date = days({ day: "numeric", month: "short", year: "numeric" });
  // Arabic puts marks between the parts that turn them round inside a number that is isolated left to right.
  const numeric = days({ day: "2-digit", month: "2-digit", year: "numeric" });
  const time = instants({ hour: "2-digit", minute: "2-digit" });
  const numbers = new Intl.NumberFormat(locale);
  const relatives = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  return {
    /** The clinic's calendar day of an instant, `YYYY-MM-DD`. */
    dayOf,
    /** `10:42` */
    time,
    /** `10:42:07` */
    timeSeconds: instants({ hour: "2-digit", minute: "2-digit", second: "2-digit" }),
    /** `22 Nov 2026` of a day */
    date,
    /** `Sun 22 Nov` of a day */
    dayShort: days({ weekday: "short", day: "numeric", month: "short" }),
    /** `Sunday 22 November 2026` of a day */
    dayLong: days({ weekday: "long", day: "numeric", month: "long", year: "numeric" }),
    /** `Sun` of a day */
    weekdayShort: days({ weekday: "short" }),
    /** `Sunday` of a day */
    weekday: days({ weekday: "long" }),
    /** `14-03-1980` of a day; Hijri where that is chosen */
    dateNumeric: (day: string) =>
      numeric(day)
        .replace(/\u200f/g, "")
        .replaceAll("/", "-"),
    /** `22 Nov 2026 10:42` of an instant */
    dateTime: (instant: string) => `${date(dayOf(instant))} ${time(instant)}`,
    /** `in 9 days`, `yesterday`: whole calendar days from `today` to `day` */
    daysAway: (day: string, today: string) => relatives.format(Math.round((Date.parse(day) - Date.parse(today)) / 86_400_000), "day"),
    /** `5 minutes ago` of an instant */
    ago: (instant: string, now: Date) => {
      const minutes = Math.round((Date.parse(instant) - now.getTime()) / 60_000);
      if (Math.abs(minutes) < 60) return relatives.format(minutes, "minute");
      if (Math.abs(minutes) < 60 * 24) return relatives.format(Math.round(minutes / 60), "hour");
      return relatives.format(Math.round(minutes / (60 * 24)), "day");
    },
    number: (value: number) => numbers.format(value),
    /** Money from the minor unit, with its currency */
    money: (amountMinor: number, currency = settings.currency) => {
      const formatter = new Intl.NumberFormat(locale, { style: "currency", currency });
      return formatter.format(amountMinor / 10 ** (formatter.resolvedOptions().maximumFractionDigits ?? 2));
    },
    /** `214 GB` */
    bytes: (bytes: number) => {
      const [value, unit] = bytes >= 1e9 ? [bytes / 1e9, "GB"] : bytes >= 1e6 ? [bytes / 1e6, "MB"] : [bytes / 1e3, "kB"];
      return `${new Intl.NumberFormat(locale, { maximumFractionDigits: value < 10 ? 1 : 0 }).format(value)} ${unit}`;
    },
    /** `46 y`, `7 mo` under two years, `12 d` under two months: the age on `today` */
    age: (birthDate: string, today: string) => {
      const { value, unit } = ageOn(birthDate, today);
      return `${value} ${AGE_UNITS[settings.language][unit]}`;
    },
  };
}

/** Age in whole years, below two years in months, below two months in days: the way clinics say it. */
export function ageOn(birthDate: string, today: string): { value: number; unit: "year" | "month" | "day" } {
  const [birthYear = 0, birthMonth = 1, birthDay = 1] = birthDate.split("-").map(Number);
  const [year = 0, month = 1, day = 1] = today.split("-").map(Number);
  const months = Math.max(0, (year - birthYear) * 12 + month - birthMonth - (day < birthDay ? 1 : 0));
  if (months >= 24) return { value: Math.floor(months / 12), unit: "year" };
  if (months >= 2) return { value: months, unit: "month" };
  return { value: Math.max(0, Math.round((Date.parse(today) - Date.parse(birthDate)) / 86_400_000)), unit: "day" };
}

/** A name or number inside a sentence of the other direction: isolated, so that it turns nothing around it. */
export function isolated(text: string): string {
  return `\u2068${text}\u2069`;
}

/** Initials of a name for a mark beside it: at most two letters, titles left out. */
export function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => word && !/^(dr|mr|mrs|ms|د|أ)\.?$/i.test(word));
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => word?.at(0)?.toUpperCase() ?? "")
    .join(words[0]?.match(/\p{Script=Arabic}/u) ? " " : "");
}
