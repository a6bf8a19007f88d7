import { useRouteQuery } from "@renderer/lib/api.ts";
import { useGo } from "@renderer/lib/navigation.ts";
import { useUser } from "@renderer/lib/session-store.ts";
import { useFormat } from "@renderer/lib/use-format.ts";
import { IconChevronRight, IconStethoscope } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import styles from "./portal.module.css";

/** The last completed visit with what was found; opens the record. */
export function LastVisit() {
  const { t } = useTranslation("portal");
  const format = useFormat();
  const go = useGo();
  const patientId = useUser().externalId ?? "";
  const query = useRouteQuery("patients", "getChart", { patientId, pageSize: 5 }, { enabled: patientId !== "" });
  const last = query.data?.encounters.find((encounter) => encounter.status !== "open");
  if (!last) return null;
  return (
    <section className={styles.card} data-list="">
      <button type="button" className={styles.link} onClick={() => go("/portal", { tab: "record" })}>
        <IconStethoscope size={24} aria-hidden="true" />
        <span className={styles.linkWords}>
          <span>
            <bdi>{last.diagnoses[0]?.title ?? last.reason ?? t("record.visit")}</bdi>
          </span>
          <span className={styles.small}>
            {format.date(format.dayOf(last.startedAt))}
            {t("comma")} <bdi>{last.doctorName}</bdi>
          </span>
        </span>
        <IconChevronRight size={20} className="flip" aria-hidden="true" />
      </button>
    </section>
  );
}
