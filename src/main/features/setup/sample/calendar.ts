import { addDays, clinicDay, type Interval, slotsOf, type WeeklyHours, weekdayOf, workingIntervals } from "@shared/model/slots.ts";
import { CLINIC } from "./cast.ts";

export const SLOT_MINUTES = 20;
const PAST_DAYS = 365;
const COMING_DAYS = 14;
/** Sunday to Thursday, as in Jordan. */
const WORKING_DAYS = [7, 1, 2, 3, 4];
const HOURS = [
  { startsAt: "08:00", endsAt: "13:00" },
  { startsAt: "14:00", endsAt: "18:00" },
];

export interface WorkingDay {
  day: string;
  slots: readonly Interval[];
}

export interface Calendar {
  now: string;
  hours: WeeklyHours[];
  past: readonly WorkingDay[];
  today: WorkingDay;
  coming: readonly WorkingDay[];
}

/** The clinic's days around `now`. Today is always a working day, so that whoever tries the sample finds it at work. */
export function planCalendar(now: string): Calendar {
  const today = clinicDay(now, CLINIC.timeZone);
  const weekdays = [...new Set([...WORKING_DAYS, weekdayOf(today)])].sort((a, b) => a - b);
  const hours = weekdays.flatMap((weekday) => HOURS.map((interval) => ({ weekday, ...interval })));
  const workingDay = (offset: number): WorkingDay => {
    const day = addDays(today, offset);
    return { day, slots: slotsOf(workingIntervals(day, hours, [], CLINIC.timeZone), SLOT_MINUTES) };
  };
  const days = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) => workingDay(from + index)).filter(({ slots }) => slots.length > 0);
  return { now, hours, past: days(-PAST_DAYS, PAST_DAYS), today: workingDay(0), coming: days(1, COMING_DAYS) };
}
