import { useRouteCommand } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useFormat, useLocalName } from "@renderer/lib/use-format.ts";
import { Button, EmptyState, Notice, Num } from "@renderer/ui/index.ts";
import { IconCalendarPlus, IconCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import styles from "./kiosk.module.css";
import { type KioskVisit, useKiosk } from "./store.ts";

/** Today's visits of the person: check in for one, or book another. */
export function TodayVisits() {
  const { t } = useTranslation("kiosk");
  const words = useErrorWords();
  const { visits, handle, finish, go, expire } = useKiosk();
  const checkIn = useRouteCommand("kiosk", "checkIn", {
    onSuccess: (visit) => finish({ kind: "checked-in", visit, code: null }),
    onError: (error) => error.code === "invalid-code" && expire(),
  });
  return (
    <>
      <h1 className={styles.title}>{t("todayVisits")}</h1>
      {checkIn.error && <Notice tone="error">{words(checkIn.error).message}</Notice>}
      {visits.length === 0 && <EmptyState title={t("noVisits")}>{t("noVisitsHint")}</EmptyState>}
      <ul className={styles.visits}>
        {visits.map((visit) => (
          <li key={visit.id} className={styles.visit}>
            <VisitWords visit={visit} />
            {visit.status === "booked" ? (
              <Button
                variant="primary"
                writes
                size="kiosk"
                busy={checkIn.isPending}
                onClick={() => handle && checkIn.mutate({ handle, appointmentId: visit.id })}
              >
                {t("here")}
              </Button>
            ) : (
              <span className={styles.state}>
                <IconCheck size={32} aria-hidden="true" /> {t(`status.${visit.status}`)}
              </span>
            )}
          </li>
        ))}
      </ul>
      <Button size="kiosk" wide icon={<IconCalendarPlus size={32} aria-hidden="true" />} onClick={() => go("book")}>
        {visits.length === 0 ? t("book") : t("bookAnother")}
      </Button>
    </>
  );
}

/** Time, doctor and room of a visit; never whose it is. */
export function VisitWords({ visit }: { visit: KioskVisit }) {
  const { t } = useTranslation("kiosk");
  const format = useFormat();
  const local = useLocalName();
  return (
    <div className={styles.visitWords}>
      <Num className={styles.visitTime}>{format.time(visit.startsAt)}</Num>
      <span>
        <bdi>{local(visit.doctorName, visit.doctorNameAr)}</bdi>
        {t("comma")} <bdi>{local(visit.departmentName, visit.departmentNameAr)}</bdi>
      </span>
      {visit.room && (
        <span>
          {t("room")} <Num>{visit.room}</Num>
        </span>
      )}
    </div>
  );
}
