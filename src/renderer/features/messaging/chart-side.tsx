import { useGo } from "@renderer/lib/navigation.ts";
import { Part } from "@renderer/lib/parts.tsx";
import { useUser } from "@renderer/lib/session-store.ts";
import { useFormat, useToday } from "@renderer/lib/use-format.ts";
import { Button } from "@renderer/ui/index.ts";
import { IconCalendarPlus, IconChevronRight, IconClipboardHeart, IconStethoscope } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import styles from "./messages.module.css";
import { type Chart, VisitLines } from "./talk-header.tsx";

const RECENT = 6;

/** What the doctor wants beside the conversation: photos, conditions, the last visits; and the way to the chart. */
export function ChartSide({ chart, withVisits = false }: { chart: Chart; withVisits?: boolean }) {
  const { t } = useTranslation(["messaging", "encounters"]);
  const format = useFormat();
  const today = useToday();
  const { patient, conditions, encounters } = chart;
  return (
    <>
      {withVisits && (
        <section className={styles.side}>
          <h3 className={styles.sideTitle}>{t("panel.visits")}</h3>
          <VisitLines chart={chart} />
        </section>
      )}
      <Part name="messaging.chartPhotos" patientId={patient.id} />
      <section className={styles.side} data-list="">
        <h3 className={styles.sideTitle}>{t("panel.conditions")}</h3>
        {conditions.length === 0 && <p className={styles.sideNone}>{t("banner.noConditions", { ns: "encounters" })}</p>}
        <ul>
          {conditions.map((condition) => (
            <li key={condition.id} className={styles.sideRow}>
              <IconClipboardHeart size={16} aria-hidden="true" />
              <bdi className={styles.sideWords}>{condition.title}</bdi>
              {condition.since && <span className={styles.when}>{format.date(condition.since)}</span>}
            </li>
          ))}
        </ul>
      </section>
      <section className={styles.side} data-list="">
        <h3 className={styles.sideTitle}>{t("panel.recent")}</h3>
        {encounters.length === 0 && <p className={styles.sideNone}>{t("panel.noLast")}</p>}
        <ul>
          {encounters.slice(0, RECENT).map((visit) => {
            const day = format.dayOf(visit.startedAt);
            return (
              <li key={visit.id} className={styles.sideRow}>
                <IconStethoscope size={16} aria-hidden="true" />
                <bdi className={styles.sideWords}>
                  {visit.diagnoses.map(({ title }) => title).join(t("comma")) ||
                    visit.reason ||
                    t("chart.types.visit", { ns: "encounters" })}
                </bdi>
                <span className={styles.when}>
                  {day === today ? t("panel.todayAt", { time: format.time(visit.startedAt) }) : format.date(day)}
                </span>
              </li>
            );
          })}
        </ul>
        {chart.encounterTotal > RECENT && <p className={styles.sideNone}>{t("panel.more", { count: chart.encounterTotal - RECENT })}</p>}
      </section>
    </>
  );
}

/** The way to the whole chart. */
export function OpenChart({ patientId }: { patientId: string }) {
  const { t } = useTranslation("messaging");
  const go = useGo();
  return (
    <Button variant="quiet" className={styles.openChart} onClick={() => go("/today", { patient: patientId })}>
      {t("panel.openChart")} <IconChevronRight size={16} className="flip" aria-hidden="true" />
    </Button>
  );
}

/** Booking stands on the desk's board: offered to whoever may open it. */
export function BookVisit({ patientId }: { patientId: string }) {
  const { t } = useTranslation("messaging");
  const go = useGo();
  if (!useUser().roles.includes("reception")) return null;
  return (
    <div className={styles.sideFoot}>
      <Button wide icon={<IconCalendarPlus size={20} aria-hidden="true" />} onClick={() => go("/desk", { book: patientId })}>
        {t("panel.book")}
      </Button>
    </div>
  );
}
