import { Select, TextInput } from "@mantine/core";
import { useRouteCommand } from "@renderer/lib/api.ts";
import { useClinic } from "@renderer/lib/clinic-store.ts";
import { instantAt } from "@renderer/lib/clinic-time.ts";
import { useCommandKey } from "@renderer/lib/command-key.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useHotkeys } from "@renderer/lib/hotkeys.ts";
import { useUnsavedGuard } from "@renderer/lib/unsaved.ts";
import { useFormat, useLocalName } from "@renderer/lib/use-format.ts";
import { Button, Notice, Num, Panel, Section, toast } from "@renderer/ui/index.ts";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { DayChoice } from "./day-choice.tsx";
import styles from "./desk.module.css";
import { InsistForm } from "./insist-form.tsx";
import { wallTime } from "./layout.ts";
import { PatientPick } from "./patient-pick.tsx";
import { PickedPatient } from "./picked-patient.tsx";
import { SlotChoice } from "./slot-choice.tsx";
import { type Doctor, useBoard } from "./store.ts";
import { OVERRULABLE } from "./use-move.ts";

interface BookPanelProps {
  patientId: string | undefined;
  day: string;
  doctors: readonly Doctor[];
  onClose(): void;
  onBooked(id: string, day: string): void;
}

/** Book: the patient, then a doctor and a time; a time touched on the board is taken over. */
export function BookPanel({ patientId, day: shownDay, doctors, onClose, onBooked }: BookPanelProps) {
  const { t } = useTranslation("scheduling");
  const words = useErrorWords();
  const format = useFormat();
  const local = useLocalName();
  const timeZone = useClinic((state) => state.timeZone);
  const wanted = useBoard((state) => state.wanted);
  const key = useCommandKey();
  const [patient, setPatient] = useState(patientId);
  const [day, setDay] = useState(shownDay);
  const [doctorId, setDoctor] = useState<string | null>(doctors[0]?.id ?? null);
  const [startsAt, setStart] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  useEffect(() => {
    if (!wanted) return;
    setDoctor(wanted.doctorId);
    setDay(shownDay);
    setStart(instantAt(shownDay, wallTime(wanted.minute), timeZone));
  }, [wanted, shownDay, timeZone]);
  const kept = useUnsavedGuard(reason.trim() !== "", t("book.title"));
  const book = useRouteCommand("scheduling", "bookAppointment", {
    invalidates: ["patients.getChart"],
    onSuccess: (booked) => {
      key.renew();
      toast(t("book.done", { time: format.time(booked.startsAt) }));
      kept();
      onBooked(booked.id, format.dayOf(booked.startsAt));
    },
  });
  const ready = patient && doctorId && startsAt;
  const submit = (override?: { reason: string }) => {
    if (ready) book.mutate({ patientId: patient, doctorId, startsAt, reason: reason.trim() || null, key: key.current(), override });
  };
  // From the patient the keyboard goes on to the chosen time, else the first free one; Ctrl+Enter books.
  const [toTimes, goToTimes] = useState(false);
  const pick = (id: string) => {
    setPatient(id);
    goToTimes(true);
  };
  const other = () => {
    setPatient(undefined);
    goToTimes(false);
  };
  useHotkeys({ "mod+Enter": () => submit() });
  return (
    <Panel
      title={t("book.title")}
      onClose={onClose}
      foot={
        <Button
          variant="primary"
          writes
          wide
          disabled={!ready}
          busy={book.isPending}
          keys={ready ? "Ctrl ↵" : undefined}
          onClick={() => submit()}
        >
          {!patient ? t("book.needsPatient") : !startsAt ? t("book.needsTime") : t("book.act", { time: format.time(startsAt) })}
        </Button>
      }
    >
      <Section>{patient ? <PickedPatient patientId={patient} onOther={other} /> : <PatientPick onPick={pick} />}</Section>
      <Section title={t("book.when")}>
        <div className={styles.stack}>
          <Select
            label={t("visit.doctor")}
            data={doctors.map((doctor) => ({ value: doctor.id, label: local(doctor.name, doctor.nameAr) }))}
            value={doctorId}
            searchable
            allowDeselect={false}
            onChange={(id) => {
              setDoctor(id);
              setStart(null);
              goToTimes(false);
            }}
          />
          <DayChoice
            label={t("move.day")}
            value={day}
            onChange={(chosen) => {
              setDay(chosen);
              setStart(null);
              goToTimes(false);
            }}
          />
          {startsAt && (
            <p>
              {t("book.chosen")} <Num>{format.time(startsAt)}</Num>
            </p>
          )}
          {doctorId && (
            <SlotChoice doctorId={doctorId} day={day} busy={book.isPending} chosen={startsAt} takesKeyboard={toTimes} onChoose={setStart} />
          )}
          <TextInput label={t("book.reason")} maxLength={200} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
          {book.error && (
            <>
              <Notice tone="error">{words(book.error).message}</Notice>
              {OVERRULABLE.includes(book.error.code) && (
                <InsistForm possible busy={book.isPending} onInsist={(why) => submit({ reason: why })} onForget={() => book.reset()} />
              )}
            </>
          )}
        </div>
      </Section>
    </Panel>
  );
}
