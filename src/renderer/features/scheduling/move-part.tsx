import { Select } from "@mantine/core";
import { useRouteCommand, useRouteQuery } from "@renderer/lib/api.ts";
import { newCommandKey } from "@renderer/lib/command-key.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useFormat, useLocalName } from "@renderer/lib/use-format.ts";
import { Notice, Section } from "@renderer/ui/index.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { DayChoice } from "./day-choice.tsx";
import styles from "./desk.module.css";
import { SlotChoice } from "./slot-choice.tsx";
import type { DayAppointment } from "./store.ts";

/** Move by keyboard: another day, doctor or free time. */
export function MovePart({ appointment, onMoved }: { appointment: DayAppointment; onMoved(id: string, day: string): void }) {
  const { t } = useTranslation("scheduling");
  const words = useErrorWords();
  const format = useFormat();
  const local = useLocalName();
  const [day, setDay] = useState(format.dayOf(appointment.startsAt));
  const [doctorId, setDoctor] = useState<string>(appointment.doctorId);
  const doctors = useRouteQuery("clinic", "listDoctors", {});
  const move = useRouteCommand("scheduling", "rescheduleAppointment", {
    onSuccess: (moved) => onMoved(moved.id, format.dayOf(moved.startsAt)),
  });
  return (
    <Section title={t("move.title")}>
      <div className={styles.stack}>
        <DayChoice label={t("move.day")} value={day} onChange={setDay} />
        <Select
          label={t("visit.doctor")}
          data={(doctors.data?.items ?? []).map((doctor) => ({ value: doctor.id, label: local(doctor.name, doctor.nameAr) }))}
          value={doctorId}
          allowDeselect={false}
          onChange={(id) => id && setDoctor(id)}
        />
        {move.error && <Notice tone="error">{words(move.error).message}</Notice>}
        <SlotChoice
          doctorId={doctorId}
          day={day}
          busy={move.isPending}
          onChoose={(startsAt) =>
            move.mutate({ appointmentId: appointment.id, version: appointment.version, startsAt, doctorId, key: newCommandKey() })
          }
        />
      </div>
    </Section>
  );
}
