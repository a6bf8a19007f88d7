import { TextInput } from "@mantine/core";
import { useRouteCommand, useRouteQuery } from "@renderer/lib/api.ts";
import { useCommandKey } from "@renderer/lib/command-key.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useGo } from "@renderer/lib/navigation.ts";
import { useUser } from "@renderer/lib/session-store.ts";
import { useFormat, useLocalName } from "@renderer/lib/use-format.ts";
import { Button, Notice, Num, toast } from "@renderer/ui/index.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Visit } from "./next-visit.tsx";
import styles from "./portal.module.css";

interface ConfirmVisitProps {
  doctorId: string;
  startsAt: string;
  /** The visit that is moved here; a new one is booked when left out. */
  moving: Visit | undefined;
  onOtherTime(): void;
}

/** The last tap: what will be booked, in words, and why the patient comes. */
export function ConfirmVisit({ doctorId, startsAt, moving, onOtherTime }: ConfirmVisitProps) {
  const { t } = useTranslation("portal");
  const words = useErrorWords();
  const format = useFormat();
  const local = useLocalName();
  const go = useGo();
  const user = useUser();
  const key = useCommandKey();
  const [reason, setReason] = useState("");
  const doctors = useRouteQuery("clinic", "listDoctors", {});
  const doctor = doctors.data?.items.find((item) => item.id === doctorId);
  const done = () => {
    key.renew();
    toast(moving ? t("book.moved") : t("book.booked"));
    go("/portal");
  };
  const book = useRouteCommand("scheduling", "bookAppointment", { onSuccess: done });
  const move = useRouteCommand("scheduling", "rescheduleAppointment", { onSuccess: done });
  const error = book.error ?? move.error;
  const confirm = () =>
    moving
      ? move.mutate({ appointmentId: moving.id, version: moving.version, startsAt, doctorId, key: key.current() })
      : book.mutate({ patientId: user.externalId ?? "", doctorId, startsAt, reason: reason.trim() || null, key: key.current() });
  return (
    <>
      {error && <Notice tone="error">{error.code === "conflict" ? t("book.tooMany") : words(error).message}</Notice>}
      <p className={styles.when}>
        {format.dayShort(format.dayOf(startsAt))}
        {t("comma")} <Num>{format.time(startsAt)}</Num>
      </p>
      {doctor && (
        <p>
          <bdi>{local(doctor.name, doctor.nameAr)}</bdi>
          {t("comma")} <bdi>{local(doctor.departmentName, doctor.departmentNameAr)}</bdi>
        </p>
      )}
      {!moving && (
        <TextInput
          size="md"
          label={t("book.reason")}
          maxLength={200}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
      <Button variant="primary" writes size="touch" wide busy={book.isPending || move.isPending} onClick={confirm}>
        {moving ? t("book.confirmMove") : t("book.confirm")}
      </Button>
      <Button size="touch" wide onClick={onOtherTime}>
        {t("book.otherTime")}
      </Button>
    </>
  );
}
