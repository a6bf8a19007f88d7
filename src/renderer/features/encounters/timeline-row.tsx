import { useFormat, useLocalName, useToday } from "@renderer/lib/use-format.ts";
import { IconAlertCircle, IconCalendarEvent, IconClipboardHeart, IconStethoscope } from "@tabler/icons-react";
import type { ComponentType, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { EntryType, TimelineEntry } from "./timeline-entries.ts";
import styles from "./today.module.css";
import type { PanelName } from "./use-today.ts";

const ICONS: Record<EntryType, ComponentType<{ size?: number; "aria-hidden"?: "true" }>> = {
  visit: IconStethoscope,
  appointment: IconCalendarEvent,
  condition: IconClipboardHeart,
  allergy: IconAlertCircle,
};

interface EntryRowProps {
  entry: TimelineEntry;
  selected: boolean;
  onVisit(id: string): void;
  onPanel(panel: PanelName): void;
}

/** One thing that happened; a visit opens in the middle, allergies and conditions in their panel. */
export function EntryRow({ entry, selected, onVisit, onPanel }: EntryRowProps) {
  const format = useFormat();
  const today = useToday();
  const { t } = useTranslation("encounters");
  const Icon = ICONS[entry.type];
  const { title, detail } = useEntryWords(entry);
  const day = format.dayOf(entry.at);
  const when = day === today ? t("chart.todayAt", { time: format.time(entry.at) }) : format.dayShort(day);
  const open = {
    visit: () => onVisit(entry.id),
    condition: () => onPanel("conditions"),
    allergy: () => onPanel("allergies"),
    appointment: undefined,
  }[entry.type];
  const inside = (
    <>
      <span className={styles.entryIcon}>
        <Icon size={20} aria-hidden="true" />
      </span>
      <span className={styles.entryWords}>
        <span className={styles.entryWhen}>{when}</span>
        <span className={styles.entryTitle}>{title}</span>
        <span className={styles.entryDetail}>{detail}</span>
      </span>
    </>
  );
  return (
    <li>
      {open ? (
        <button type="button" className={styles.entry} data-row="" aria-current={selected ? "true" : undefined} onClick={open}>
          {inside}
        </button>
      ) : (
        <div className={styles.entry}>{inside}</div>
      )}
    </li>
  );
}

function useEntryWords(entry: TimelineEntry): { title: ReactNode; detail: ReactNode } {
  const { t } = useTranslation("encounters");
  const local = useLocalName();
  switch (entry.type) {
    case "visit": {
      const { visit } = entry;
      const named = visit.diagnoses.map(({ title }) => title).join(t("comma")) || visit.reason;
      return {
        title: visit.status === "open" ? t("visit.open") : named ? <bdi>{named}</bdi> : t("chart.types.visit"),
        detail: (
          <>
            <bdi>{visit.doctorName}</bdi>
            {visit.status === "amended" && ` · ${t("visit.amended")}`}
          </>
        ),
      };
    }
    case "appointment": {
      const { appointment } = entry;
      return {
        title: appointment.reason ? <bdi>{appointment.reason}</bdi> : t("chart.types.appointment"),
        detail: (
          <>
            {t(`status.${appointment.status}`)} · <bdi>{local(appointment.doctorName, appointment.doctorNameAr)}</bdi>
          </>
        ),
      };
    }
    case "condition":
      return { title: <bdi>{entry.condition.title}</bdi>, detail: t("chart.types.condition") };
    case "allergy":
      return {
        title: <bdi>{entry.allergy.substance}</bdi>,
        detail: entry.allergy.voided ? t("allergies.voided") : t("chart.types.allergy"),
      };
  }
}
