import { useRouteCommand } from "@renderer/lib/api.ts";
import { newCommandKey } from "@renderer/lib/command-key.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useHotkeys } from "@renderer/lib/hotkeys.ts";
import { useUser } from "@renderer/lib/session-store.ts";
import { EmptyState, Pane, Split } from "@renderer/ui/index.ts";
import { IconStethoscope } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { ChartView } from "./chart-view.tsx";
import { DayList } from "./day-list.tsx";
import { nextArrived } from "./day-rules.ts";
import type { DayAppointment } from "./types.ts";
import { useDay } from "./use-day.ts";
import { usePatientPalette } from "./use-patient-palette.tsx";
import { type TodayAddress, useTodayAddress } from "./use-today.ts";

/** The appointment the chart was opened from; for a patient found otherwise, the one they have on this day. */
function chosenItem(items: readonly DayAppointment[], { appointment, patient }: TodayAddress): DayAppointment | undefined {
  if (appointment) return items.find(({ id }) => id === appointment);
  return items.find((item) => item.patientId === patient && item.status !== "cancelled" && item.status !== "no-show");
}

/** The doctor's and nurse's screen: the day at the start side, the chart of whoever is chosen beside it. */
export function Screen() {
  const { t } = useTranslation("encounters");
  const words = useErrorWords();
  const address = useTodayAddress();
  const isDoctor = useUser().roles.includes("doctor");
  const work = useDay(address.day);
  const today = useDay(address.today);
  const next = nextArrived(today.query.data?.items ?? []);
  const start = useRouteCommand("encounters", "startEncounter", {
    invalidates: ["scheduling", "patients.getChart"],
    onSuccess: (visit) => address.openPatient({ patient: visit.patientId, appointment: visit.appointmentId ?? undefined, visit: visit.id }),
  });
  const open = (item: DayAppointment) =>
    address.openPatient({ patient: item.patientId, appointment: item.id, visit: item.encounterId ?? undefined });
  const callNext = () => {
    if (!next || start.isPending) return;
    // A nurse prepares the patient; the visit begins with the doctor.
    if (isDoctor) start.mutate({ appointmentId: next.id, key: newCommandKey() });
    else open(next);
  };
  useHotkeys({ F9: callNext });
  usePatientPalette((patient) => address.openPatient({ patient }));
  const chosen = chosenItem(work.query.data?.items ?? [], address);
  return (
    <Split>
      <DayList
        work={work}
        selected={chosen?.id}
        onDay={(day) => address.show({ day: day === address.today ? undefined : day })}
        onOpen={open}
        next={{ item: next, busy: start.isPending, act: callNext, problem: start.error ? words(start.error).message : null }}
      />
      {address.patient ? (
        <ChartView key={address.patient} patientId={address.patient} appointment={chosen} address={address} />
      ) : (
        <Pane label={t("chart.label")}>
          <EmptyState icon={<IconStethoscope size={32} aria-hidden="true" />} title={t("chart.choose")}>
            {t("chart.chooseHint")}
          </EmptyState>
        </Pane>
      )}
    </Split>
  );
}
