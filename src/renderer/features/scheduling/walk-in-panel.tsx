import { callRoute, queryClient, useRouteQuery } from "@renderer/lib/api.ts";
import { useCommandKey } from "@renderer/lib/command-key.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useFormat, useLocalName, useToday } from "@renderer/lib/use-format.ts";
import { Button, EmptyState, Loaded, Notice, Num, Panel, Section, toast } from "@renderer/ui/index.ts";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./desk.module.css";
import { PatientPick } from "./patient-pick.tsx";
import { PickedPatient } from "./picked-patient.tsx";

interface Choice {
  doctorId: string;
  startsAt: string;
}

/** Someone stands at the desk without a booking: find them, take the soonest free time of today, mark them arrived. */
export function WalkInPanel({ onClose, onDone }: { onClose(): void; onDone(id: string): void }) {
  const { t } = useTranslation("scheduling");
  const words = useErrorWords();
  const format = useFormat();
  const [patientId, setPatient] = useState<string>();
  const key = useCommandKey();
  const admit = useMutation({
    mutationFn: async ({ doctorId, startsAt }: Choice) => {
      const booked = await callRoute("scheduling", "bookAppointment", {
        patientId: patientId ?? "",
        doctorId,
        startsAt,
        reason: null,
        key: key.current(),
      });
      return callRoute("scheduling", "markArrived", { appointmentId: booked.id, version: booked.version });
    },
    onSuccess: (visit) => {
      key.renew();
      void queryClient.invalidateQueries({ queryKey: ["scheduling"] });
      toast(t("walkIn.done", { time: format.time(visit.startsAt), code: visit.code }));
      onDone(visit.id);
    },
  });
  return (
    <Panel title={t("walkIn.title")} onClose={onClose}>
      <Section>
        {patientId ? <PickedPatient patientId={patientId} onOther={() => setPatient(undefined)} /> : <PatientPick onPick={setPatient} />}
      </Section>
      {admit.error && <Notice tone="error">{words(admit.error).message}</Notice>}
      {patientId && <SoonestToday busy={admit.isPending} onChoose={(choice) => admit.mutate(choice)} />}
    </Panel>
  );
}

function SoonestToday({ busy, onChoose }: { busy: boolean; onChoose(choice: Choice): void }) {
  const { t } = useTranslation("scheduling");
  const words = useErrorWords();
  const format = useFormat();
  const local = useLocalName();
  const today = useToday();
  const query = useRouteQuery("scheduling", "findNextFree", { limit: 8 }, { staleTime: 0 });
  return (
    <Section title={t("walkIn.soonest")}>
      <Loaded query={query} words={words}>
        {({ items }) => {
          const left = items.filter((slot) => format.dayOf(slot.startsAt) === today);
          if (left.length === 0) return <EmptyState title={t("walkIn.full")}>{t("walkIn.fullHint")}</EmptyState>;
          return (
            <div className={styles.stack}>
              {left.map((slot, at) => (
                <Button
                  key={`${slot.doctorId}${slot.startsAt}`}
                  variant={at === 0 ? "primary" : "secondary"}
                  wide
                  busy={busy}
                  autoFocus={at === 0}
                  onClick={() => onChoose(slot)}
                >
                  {local(slot.doctorName, slot.doctorNameAr)} <Num>{format.time(slot.startsAt)}</Num>
                </Button>
              ))}
            </div>
          );
        }}
      </Loaded>
    </Section>
  );
}
