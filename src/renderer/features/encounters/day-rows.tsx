import { useUser } from "@renderer/lib/session-store.ts";
import { useFormat, useLocalName, useNow, useToday } from "@renderer/lib/use-format.ts";
import { Num, Row, Rows, StatusWord, type Tone } from "@renderer/ui/index.ts";
import { IconArmchair, IconCalendarEvent, IconCalendarX, IconCheck, IconStethoscope, IconUserOff } from "@tabler/icons-react";
import { type ComponentType, Fragment } from "react";
import { useTranslation } from "react-i18next";
import { type Break, waitingMinutes } from "./day-rules.ts";
import styles from "./today.module.css";
import type { DayAppointment } from "./types.ts";

// Ink and weight only; the accent marks who is with the viewer.
const LOOK: Record<DayAppointment["status"], { icon: ComponentType<{ size?: number; "aria-hidden"?: "true" }>; tone: Tone }> = {
  booked: { icon: IconCalendarEvent, tone: "neutral" },
  arrived: { icon: IconArmchair, tone: "strong" },
  "in-progress": { icon: IconStethoscope, tone: "accent" },
  completed: { icon: IconCheck, tone: "dimmed" },
  cancelled: { icon: IconCalendarX, tone: "dimmed" },
  "no-show": { icon: IconUserOff, tone: "dimmed" },
};
const PAST: readonly DayAppointment["status"][] = ["completed", "cancelled", "no-show"];

interface DayRowsProps {
  items: readonly DayAppointment[];
  breaks: readonly Break[];
  selected: string | undefined;
  showDoctor: boolean;
  onOpen(item: DayAppointment): void;
}

/** The rows of the day, with its breaks between them. */
export function DayRows({ items, breaks, selected, showDoctor, onOpen }: DayRowsProps) {
  const { t } = useTranslation("encounters");
  const format = useFormat();
  return (
    <Rows label={t("day.label")}>
      {items.map((item, at) => {
        const before = items[at - 1]?.startsAt ?? "";
        return (
          <Fragment key={item.id}>
            {breaks
              .filter(({ startsAt }) => startsAt > before && startsAt <= item.startsAt)
              .map(({ startsAt, endsAt }) => (
                <li key={startsAt} className={styles.break}>
                  <Num>{format.time(startsAt)}</Num>
                  <span>{t("day.break", { until: format.time(endsAt) })}</span>
                </li>
              ))}
            <DayRow item={item} selected={item.id === selected} showDoctor={showDoctor} onOpen={() => onOpen(item)} />
          </Fragment>
        );
      })}
    </Rows>
  );
}

interface DayRowProps {
  item: DayAppointment;
  selected: boolean;
  showDoctor: boolean;
  onOpen(): void;
}

function DayRow({ item, selected, showDoctor, onOpen }: DayRowProps) {
  const { t } = useTranslation("encounters");
  const format = useFormat();
  const local = useLocalName();
  const today = useToday();
  const mine = useUser().externalId === item.doctorId;
  const waiting = waitingMinutes(item, useNow());
  const look = LOOK[item.status];
  const doctor = showDoctor ? local(item.doctorName, item.doctorNameAr) : null;
  return (
    <Row
      lead={<Num>{format.time(item.startsAt)}</Num>}
      leadDetail={waiting === null ? undefined : <span className={styles.waiting}>{t("day.minutes", { count: waiting })}</span>}
      title={
        <bdi>
          {item.patient.givenName} {item.patient.familyName}
        </bdi>
      }
      detail={<bdi>{[doctor, item.reason].filter(Boolean).join(" · ") || t("day.noReason")}</bdi>}
      end={
        <>
          {format.age(item.patient.birthDate, today)} {t(`sexShort.${item.patient.sex}`, { defaultValue: "" })}
        </>
      }
      endDetail={
        <StatusWord tone={look.tone} icon={<look.icon size={16} aria-hidden="true" />}>
          {t(item.status === "in-progress" && mine ? "status.withYou" : `status.${item.status}`)}
        </StatusWord>
      }
      dimmed={PAST.includes(item.status)}
      selected={selected}
      onSelect={onOpen}
    />
  );
}
