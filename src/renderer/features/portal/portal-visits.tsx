import { useRouteCommand, useRouteQuery } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useGo } from "@renderer/lib/navigation.ts";
import { useFormat, useLocalName } from "@renderer/lib/use-format.ts";
import { Button, ConfirmDialog, EmptyState, Loaded, Num } from "@renderer/ui/index.ts";
import { IconCalendarPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Visit } from "./next-visit.tsx";
import styles from "./portal.module.css";

/** Coming visits, which can be moved or cancelled, and the past ones. */
export function PortalVisits() {
  const { t } = useTranslation("portal");
  const words = useErrorWords();
  const go = useGo();
  const query = useRouteQuery("scheduling", "listMyAppointments", {});
  const [cancelling, ask] = useState<Visit | null>(null);
  return (
    <Loaded query={query} words={words}>
      {({ upcoming, past }) => (
        <>
          <Button
            variant="primary"
            size="touch"
            wide
            icon={<IconCalendarPlus size={20} aria-hidden="true" />}
            onClick={() => go("/portal", { book: "new" })}
          >
            {t("book.first")}
          </Button>
          <section className={styles.card} data-list="">
            <h2 className={styles.listTitle}>{t("visits.coming")}</h2>
            {upcoming.length === 0 ? (
              <EmptyState title={t("next.none")} />
            ) : (
              upcoming.map((visit) => <VisitLine key={visit.id} visit={visit} onCancel={() => ask(visit)} />)
            )}
          </section>
          {past.length > 0 && (
            <section className={styles.card} data-list="">
              <h2 className={styles.listTitle}>{t("visits.past")}</h2>
              {past.map((visit) => (
                <VisitLine key={visit.id} visit={visit} />
              ))}
            </section>
          )}
          {cancelling && <CancelVisit visit={cancelling} onClose={() => ask(null)} />}
        </>
      )}
    </Loaded>
  );
}

function VisitLine({ visit, onCancel }: { visit: Visit; onCancel?(): void }) {
  const { t } = useTranslation("portal");
  const format = useFormat();
  const local = useLocalName();
  const go = useGo();
  return (
    <div className={styles.visit} data-over={visit.status === "cancelled" || visit.status === "no-show" || undefined}>
      <div className={styles.linkWords}>
        <strong>
          {format.dayShort(format.dayOf(visit.startsAt))}
          {t("comma")} <Num>{format.time(visit.startsAt)}</Num>
        </strong>
        <span>
          <bdi>{local(visit.doctorName, visit.doctorNameAr)}</bdi>
        </span>
        <span className={styles.small}>{t(`status.${visit.status}`)}</span>
      </div>
      {onCancel && visit.status === "booked" && (
        <div className={styles.visitActs}>
          <Button size="touch" onClick={() => go("/portal", { book: "move", visit: visit.id })}>
            {t("next.move")}
          </Button>
          <Button size="touch" onClick={onCancel}>
            {t("visits.cancel")}
          </Button>
        </div>
      )}
    </div>
  );
}

function CancelVisit({ visit, onClose }: { visit: Visit; onClose(): void }) {
  const { t } = useTranslation("portal");
  const words = useErrorWords();
  const format = useFormat();
  const local = useLocalName();
  const cancel = useRouteCommand("scheduling", "cancelAppointment", { onSuccess: onClose });
  const when = `${format.dayShort(format.dayOf(visit.startsAt))} ${format.time(visit.startsAt)}`;
  return (
    <ConfirmDialog
      title={t("visits.cancelTitle", { when })}
      confirm={t("visits.cancelIt")}
      dismiss={t("visits.keep")}
      size="touch"
      danger
      busy={cancel.isPending}
      onConfirm={() => cancel.mutate({ appointmentId: visit.id, version: visit.version })}
      onClose={onClose}
    >
      {cancel.error ? words(cancel.error).message : t("visits.cancelWords", { doctor: local(visit.doctorName, visit.doctorNameAr) })}
    </ConfirmDialog>
  );
}
