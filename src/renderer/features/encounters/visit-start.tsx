import { TextInput } from "@mantine/core";
import { type RouteOutput, useRouteCommand } from "@renderer/lib/api.ts";
import { useCommandKey } from "@renderer/lib/command-key.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useHotkeys } from "@renderer/lib/hotkeys.ts";
import { useFormat, useToday } from "@renderer/lib/use-format.ts";
import { Button, EmptyState, Notice, Pane } from "@renderer/ui/index.ts";
import { IconStethoscope } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./note.module.css";
import type { DayAppointment, Patient } from "./types.ts";

const REASON_MAX = 200;

interface VisitStartProps {
  patient: Patient;
  appointment: DayAppointment | undefined;
  onStarted(visit: RouteOutput<"encounters", "startEncounter">): void;
}

/** No visit yet: begin it from the appointment, or without one. */
export function VisitStart({ patient, appointment, onStarted }: VisitStartProps) {
  const { t } = useTranslation("encounters");
  const words = useErrorWords();
  const format = useFormat();
  const today = useToday();
  const key = useCommandKey();
  const [reason, setReason] = useState("");
  const start = useRouteCommand("encounters", "startEncounter", {
    invalidates: ["scheduling", "patients.getChart"],
    onSuccess: (visit) => {
      key.renew();
      onStarted(visit);
    },
  });
  const blocked = startProblem(appointment, format.dayOf, today);
  const begin = () => {
    if (blocked || start.isPending) return;
    if (appointment) start.mutate({ appointmentId: appointment.id, key: key.current() });
    else start.mutate({ patientId: patient.id, reason: reason.trim() || null, key: key.current() });
  };
  useHotkeys({ "mod+Enter": begin });
  return (
    <Pane label={t("visit.label")} title={t("start.title")}>
      <div className={styles.start}>
        {start.error && <Notice tone="error">{words(start.error).message}</Notice>}
        <EmptyState
          icon={<IconStethoscope size={32} aria-hidden="true" />}
          title={appointment ? t("start.fromAppointment") : t("start.without")}
          action={
            <Button variant="primary" writes keys="Ctrl ↵" disabled={blocked !== null} busy={start.isPending} onClick={begin}>
              {blocked ? t(`start.blocked.${blocked}`) : t("start.act")}
            </Button>
          }
        >
          {appointment ? (
            <>
              <bdi>{format.dateTime(appointment.startsAt)}</bdi>
              {appointment.reason && (
                <>
                  {" · "}
                  <bdi>{appointment.reason}</bdi>
                </>
              )}
            </>
          ) : (
            t("start.withoutHint")
          )}
        </EmptyState>
        {!appointment && (
          <TextInput
            label={t("start.reason")}
            value={reason}
            maxLength={REASON_MAX}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        )}
      </div>
    </Pane>
  );
}

type Blocked = "cancelled" | "no-show" | "otherDay" | "finished";

/** Why this appointment cannot become a visit now; null where it can. */
function startProblem(appointment: DayAppointment | undefined, dayOf: (instant: string) => string, today: string): Blocked | null {
  if (!appointment || appointment.status === "arrived" || appointment.status === "in-progress") return null;
  if (appointment.status === "cancelled" || appointment.status === "no-show") return appointment.status;
  if (appointment.status === "completed") return "finished";
  return dayOf(appointment.startsAt) === today ? null : "otherDay";
}
