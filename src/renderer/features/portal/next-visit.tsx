import type { RouteOutput } from "@renderer/lib/api.ts";
import { useGo } from "@renderer/lib/navigation.ts";
import { useFormat, useLocalName, useToday } from "@renderer/lib/use-format.ts";
import { Button, Num } from "@renderer/ui/index.ts";
import { IconCalendarDown, IconCalendarTime } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { saveCalendarFile } from "./calendar-file.ts";
import styles from "./portal.module.css";

export type Visit = RouteOutput<"scheduling", "listMyAppointments">["upcoming"][number];
// The clinic asks for a quarter of an hour before the visit.
const EARLY_MS = 15 * 60_000;

/** The next visit: when, with whom, where, the code for the kiosk; move it, or take it to a calendar. */
export function NextVisit({ visit }: { visit: Visit }) {
  const { t } = useTranslation("portal");
  const format = useFormat();
  const local = useLocalName();
  const today = useToday();
  const go = useGo();
  const day = format.dayOf(visit.startsAt);
  const doctor = local(visit.doctorName, visit.doctorNameAr);
  const arrive = new Date(Date.parse(visit.startsAt) - EARLY_MS).toISOString();
  const booked = visit.status === "booked";
  const title = booked ? t("next.title") : t("next.now");
  return (
    <section className={styles.card} aria-label={title}>
      <div className={styles.cardHead}>
        <h2 className={styles.cardName}>{title}</h2>
        <span>{format.daysAway(day, today)}</span>
      </div>
      <p className={styles.when}>
        {format.dayShort(day)}
        {t("comma")} <Num>{format.time(visit.startsAt)}</Num>
      </p>
      <p>
        <bdi>{doctor}</bdi>
        {t("comma")} <bdi>{local(visit.departmentName, visit.departmentNameAr)}</bdi>
      </p>
      <dl className={styles.facts}>
        <div>
          <dt>{t("next.room")}</dt>
          <dd>
            <Num>{visit.room ?? "–"}</Num>
          </dd>
        </div>
        <div>
          <dt>{t("next.code")}</dt>
          <dd>
            <Num>{`${visit.code.slice(0, 3)} ${visit.code.slice(3)}`}</Num>
          </dd>
        </div>
        <div>
          <dt>{booked ? t("next.arrive") : t("next.state")}</dt>
          <dd>{booked ? <Num>{format.time(arrive)}</Num> : t(`status.${visit.status}`)}</dd>
        </div>
      </dl>
      {booked && (
        <div className={styles.pair}>
          <Button
            size="touch"
            wide
            icon={<IconCalendarTime size={20} aria-hidden="true" />}
            onClick={() => go("/portal", { book: "move", visit: visit.id })}
          >
            {t("next.move")}
          </Button>
          <Button
            size="touch"
            wide
            icon={<IconCalendarDown size={20} aria-hidden="true" />}
            onClick={() => saveCalendarFile(visit, t("next.calendarTitle", { doctor }))}
          >
            {t("next.calendar")}
          </Button>
        </div>
      )}
    </section>
  );
}
