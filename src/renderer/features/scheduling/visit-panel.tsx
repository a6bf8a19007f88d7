import { useRouteCommand } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useGo } from "@renderer/lib/navigation.ts";
import { useFormat, useLocalName, useNow, useToday } from "@renderer/lib/use-format.ts";
import { Button, ConfirmDialog, Notice, Num, Panel, Section, StatusWord } from "@renderer/ui/index.ts";
import { IconArmchair, IconCalendarX, IconUser, IconUserOff } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./desk.module.css";
import { MovePart } from "./move-part.tsx";
import { STATUS_LOOK } from "./status.tsx";
import type { DayAppointment } from "./store.ts";

interface VisitPanelProps {
  appointment: DayAppointment;
  onClose(): void;
  onMoved(id: string, day: string): void;
}

/** One appointment: who, when, the check-in code; arrived, did not come, move, cancel. */
export function VisitPanel({ appointment, onClose, onMoved }: VisitPanelProps) {
  const { t } = useTranslation("scheduling");
  const format = useFormat();
  const local = useLocalName();
  const today = useToday();
  const go = useGo();
  const { patient } = appointment;
  const look = STATUS_LOOK[appointment.status];
  const facts: [string, React.ReactNode][] = [
    [
      t("visit.when"),
      <span key="w">
        {format.dayShort(format.dayOf(appointment.startsAt))}{" "}
        <Num>{`${format.time(appointment.startsAt)}–${format.time(appointment.endsAt)}`}</Num>
      </span>,
    ],
    [t("visit.doctor"), local(appointment.doctorName, appointment.doctorNameAr)],
    [t("visit.reason"), appointment.reason && <bdi key="r">{appointment.reason}</bdi>],
    [t("visit.code"), <Num key="c">{`${appointment.code.slice(0, 3)} ${appointment.code.slice(3)}`}</Num>],
    [t("visit.arrivedAt"), appointment.arrivedAt && <Num key="a">{format.time(appointment.arrivedAt)}</Num>],
    [t("visit.overlap"), appointment.overlap && t("visit.onPurpose")],
  ];
  return (
    <Panel title={<bdi>{`${patient.givenName} ${patient.familyName}`}</bdi>} label={t("visit.title")} onClose={onClose}>
      <Section>
        <p>
          {[format.age(patient.birthDate, today), t(`sex.${patient.sex}`, { defaultValue: patient.sex })].join(t("counts.and"))} ·{" "}
          <Num>{appointment.patientId}</Num>
        </p>
        <StatusWord tone={look.tone} icon={<look.icon size={16} aria-hidden="true" />}>
          {t(`status.${appointment.status}`)}
        </StatusWord>
        <dl className={styles.facts}>
          {facts
            .filter(([, value]) => Boolean(value))
            .map(([name, value]) => (
              <div key={name} className={styles.fact}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
        </dl>
        <Button icon={<IconUser size={16} aria-hidden="true" />} onClick={() => go("/patients", { patient: appointment.patientId })}>
          {t("visit.patient")}
        </Button>
      </Section>
      {appointment.status === "booked" && (
        <>
          <Steps appointment={appointment} onClose={onClose} />
          <MovePart appointment={appointment} onMoved={onMoved} />
        </>
      )}
    </Panel>
  );
}

function Steps({ appointment, onClose }: { appointment: DayAppointment; onClose(): void }) {
  const { t } = useTranslation("scheduling");
  const words = useErrorWords();
  const format = useFormat();
  const today = useToday();
  const now = useNow();
  const [asking, ask] = useState(false);
  const arrive = useRouteCommand("scheduling", "markArrived");
  const noShow = useRouteCommand("scheduling", "markNoShow");
  const cancel = useRouteCommand("scheduling", "cancelAppointment", { onSuccess: onClose });
  const target = { appointmentId: appointment.id, version: appointment.version };
  const error = arrive.error ?? noShow.error;
  const begun = Date.parse(appointment.startsAt) <= now.getTime();
  const isToday = format.dayOf(appointment.startsAt) === today;
  const name = `${appointment.patient.givenName} ${appointment.patient.familyName}`;
  return (
    <Section>
      {error && <Notice tone="error">{words(error).message}</Notice>}
      <div className={styles.steps}>
        <Button
          variant="primary"
          writes
          disabled={!isToday}
          icon={<IconArmchair size={16} aria-hidden="true" />}
          busy={arrive.isPending}
          onClick={() => arrive.mutate(target)}
        >
          {isToday ? t("visit.arrived") : t("visit.arrivesOnTheDay")}
        </Button>
        {begun && (
          <Button writes icon={<IconUserOff size={16} aria-hidden="true" />} busy={noShow.isPending} onClick={() => noShow.mutate(target)}>
            {t("visit.noShow")}
          </Button>
        )}
        <Button variant="danger" icon={<IconCalendarX size={16} aria-hidden="true" />} onClick={() => ask(true)}>
          {t("visit.cancel")}
        </Button>
      </div>
      {asking && (
        <ConfirmDialog
          title={t("visit.cancelTitle", { name, time: format.time(appointment.startsAt) })}
          confirm={t("visit.cancel")}
          danger
          busy={cancel.isPending}
          onConfirm={() => cancel.mutate(target)}
          onClose={() => ask(false)}
        >
          {cancel.error ? words(cancel.error).message : t("visit.cancelWords")}
        </ConfirmDialog>
      )}
    </Section>
  );
}
