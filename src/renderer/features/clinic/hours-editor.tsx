import { type RouteInput, useRouteCommand, useRouteQuery } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { usePreferences } from "@renderer/lib/preferences.ts";
import { useUnsavedGuard } from "@renderer/lib/unsaved.ts";
import { useFormat, useToday } from "@renderer/lib/use-format.ts";
import { Button, DateField, IconButton, Loaded, Notice, Num, Section, Skeleton, toast } from "@renderer/ui/index.ts";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./clinic.module.css";
import { TimeInput } from "./time-input.tsx";

type Interval = RouteInput<"scheduling", "setWorkingHours">["hours"][number];
const WEEKDAYS = [7, 1, 2, 3, 4, 5, 6] as const;
// 2026-11-22 is a Sunday: the day from which the weekday names are taken.
const dayOfWeekday = (weekday: number) => `2026-11-${22 + (weekday % 7)}`;

/** A doctor's weekly working hours on the clinic's clock, and extra hours of single days. */
export function HoursEditor({ doctorId }: { doctorId: string }) {
  const words = useErrorWords();
  const query = useRouteQuery("scheduling", "getWorkingHours", { doctorId });
  return (
    <Loaded query={query} words={words}>
      {({ hours, version, extra }) => (
        <>
          <WeeklyHours key={version} doctorId={doctorId} version={version} saved={hours} />
          <ExtraHours doctorId={doctorId} extra={extra} />
        </>
      )}
    </Loaded>
  );
}

function WeeklyHours({ doctorId, version, saved }: { doctorId: string; version: number; saved: Interval[] }) {
  const { t } = useTranslation("clinic");
  const words = useErrorWords();
  const [hours, setHours] = useState(saved);
  const save = useRouteCommand("scheduling", "setWorkingHours", { invalidates: ["clinic"], onSuccess: () => toast(t("hours.saved")) });
  const dirty = JSON.stringify(hours) !== JSON.stringify(saved);
  useUnsavedGuard(dirty, t("hours.title"));
  const wrong = save.error?.code === "invalid-input" ? Number(save.error.data.field?.split(".")[1]) : undefined;
  return (
    <Section title={t("hours.title")}>
      <div className={styles.hours}>
        {WEEKDAYS.map((weekday) => (
          <Weekday key={weekday} weekday={weekday} hours={hours} wrong={wrong} onChange={setHours} />
        ))}
      </div>
      {save.error && <Notice tone="error">{save.error.code === "invalid-input" ? t("hours.wrong") : words(save.error).message}</Notice>}
      <div className={styles.actions}>
        <Button variant="primary" writes disabled={!dirty} busy={save.isPending} onClick={() => save.mutate({ doctorId, version, hours })}>
          {dirty ? t("hours.save") : t("hours.unchanged")}
        </Button>
      </div>
    </Section>
  );
}

interface WeekdayProps {
  weekday: number;
  hours: Interval[];
  wrong: number | undefined;
  onChange(hours: Interval[]): void;
}

function Weekday({ weekday, hours, wrong, onChange }: WeekdayProps) {
  const { t } = useTranslation("clinic");
  const format = useFormat();
  const name = format.weekday(dayOfWeekday(weekday));
  const mine = hours.map((interval, at) => ({ interval, at })).filter(({ interval }) => interval.weekday === weekday);
  const set = (at: number, change: Partial<Interval>) =>
    onChange(hours.map((interval, index) => (index === at ? { ...interval, ...change } : interval)));
  return (
    <fieldset className={styles.day}>
      <legend className="visually-hidden">{name}</legend>
      <span>
        {name} {mine.length === 0 && <span className={styles.off}>{t("hours.off")}</span>}
      </span>
      <IconButton
        label={t("hours.add", { day: name })}
        icon={<IconPlus size={16} />}
        onClick={() =>
          onChange([
            ...hours,
            mine.length === 0 ? { weekday, startsAt: "08:00", endsAt: "12:00" } : { weekday, startsAt: "13:00", endsAt: "16:00" },
          ])
        }
      />
      {mine.map(({ interval, at }) => (
        <span key={at} className={styles.interval}>
          <TimeInput
            label={t("hours.from", { day: name })}
            value={interval.startsAt}
            wrong={wrong === at}
            onChange={(startsAt) => set(at, { startsAt })}
          />
          <TimeInput
            label={t("hours.to", { day: name })}
            value={interval.endsAt}
            wrong={wrong === at}
            onChange={(endsAt) => set(at, { endsAt })}
          />
          <IconButton
            label={t("hours.remove", { day: name })}
            icon={<IconTrash size={16} />}
            onClick={() => onChange(hours.filter((_, index) => index !== at))}
          />
        </span>
      ))}
    </fieldset>
  );
}

function ExtraHours({ doctorId, extra }: { doctorId: string; extra: { day: string; startsAt: string; endsAt: string }[] }) {
  const { t } = useTranslation("clinic");
  const format = useFormat();
  const words = useErrorWords();
  const today = useToday();
  const { language, calendar } = usePreferences();
  const [day, setDay] = useState<string | null>(today);
  const [startsAt, setStart] = useState("17:00");
  const [endsAt, setEnd] = useState("19:00");
  const open = useRouteCommand("scheduling", "createSlots", { onSuccess: () => toast(t("hours.opened")) });
  return (
    <Section title={t("hours.extra")}>
      {extra.map((one) => (
        <p key={`${one.day}${one.startsAt}`}>
          {format.dayShort(one.day)} <Num>{`${one.startsAt}–${one.endsAt}`}</Num>
        </p>
      ))}
      <Suspense fallback={<Skeleton lines={1} />}>
        <DateField label={t("hours.extraDay")} language={language} calendar={calendar} value={day} min={today} onChange={setDay} />
      </Suspense>
      <div className={styles.interval}>
        <TimeInput label={t("hours.extraFrom")} value={startsAt} onChange={setStart} />
        <TimeInput label={t("hours.extraTo")} value={endsAt} onChange={setEnd} />
      </div>
      {open.error && <Notice tone="error">{open.error.code === "invalid-input" ? t("hours.wrong") : words(open.error).message}</Notice>}
      <div className={styles.actions}>
        <Button disabled={!day} busy={open.isPending} onClick={() => day && open.mutate({ doctorId, day, startsAt, endsAt })}>
          {t("hours.open")}
        </Button>
      </div>
    </Section>
  );
}
