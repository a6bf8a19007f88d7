import { useTranslation } from "react-i18next";
import styles from "./desk.module.css";
import type { DayAppointment } from "./store.ts";

/** The day in words: visits, arrived, not come. */
export function DayCounts({ items }: { items: readonly DayAppointment[] }) {
  const { t } = useTranslation("scheduling");
  const count = (status: DayAppointment["status"]) => items.filter((item) => item.status === status).length;
  const visits = items.length - count("cancelled");
  return (
    <span className={styles.counts}>
      {[
        t("counts.visits", { count: visits }),
        t("counts.arrived", { count: count("arrived") }),
        t("counts.noShow", { count: count("no-show") }),
      ].join(t("counts.and"))}
    </span>
  );
}
