import { useRouteQuery } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useGo } from "@renderer/lib/navigation.ts";
import { Button, EmptyState, Loaded } from "@renderer/ui/index.ts";
import { IconCalendarPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { LastVisit } from "./last-visit.tsx";
import { NewMessages } from "./new-messages.tsx";
import { NextVisit } from "./next-visit.tsx";
import styles from "./portal.module.css";
import { QuickBook } from "./quick-book.tsx";

/** The next visit, the next free times of my doctor, and the last visit. */
export function PortalHome() {
  const { t } = useTranslation("portal");
  const words = useErrorWords();
  const go = useGo();
  const query = useRouteQuery("scheduling", "listMyAppointments", {});
  return (
    <Loaded query={query} words={words}>
      {({ upcoming, past }) => {
        const next = upcoming.find((visit) => visit.status === "booked");
        const current = upcoming.find((visit) => visit.status !== "booked");
        const doctor = next ?? current ?? past[0];
        return (
          <>
            {current && <NextVisit visit={current} />}
            {next && <NextVisit visit={next} />}
            {!next && !current && (
              <section className={styles.card}>
                <EmptyState title={t("next.none")}>{t("next.noneHint")}</EmptyState>
              </section>
            )}
            {doctor ? (
              <QuickBook doctorId={doctor.doctorId} doctorName={doctor.doctorName} doctorNameAr={doctor.doctorNameAr} />
            ) : (
              <Button
                variant="primary"
                size="touch"
                wide
                icon={<IconCalendarPlus size={20} aria-hidden="true" />}
                onClick={() => go("/portal", { book: "new" })}
              >
                {t("book.first")}
              </Button>
            )}
            <NewMessages />
            <LastVisit />
          </>
        );
      }}
    </Loaded>
  );
}
