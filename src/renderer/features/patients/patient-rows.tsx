import type { RouteOutput } from "@renderer/lib/api.ts";
import { useFormat, useToday } from "@renderer/lib/use-format.ts";
import { Num, Row, Rows } from "@renderer/ui/index.ts";
import { useTranslation } from "react-i18next";

type Summary = RouteOutput<"patients", "search">["items"][number];

/** Patients as rows: name, age and sex, id and phone. */
export function PatientRows({
  patients,
  selected,
  onSelect,
}: {
  patients: readonly Summary[];
  selected?: string | undefined;
  onSelect(id: string): void;
}) {
  const { t } = useTranslation("patients");
  const format = useFormat();
  const today = useToday();
  return (
    <Rows label={t("title")}>
      {patients.map((patient) => (
        <Row
          key={patient.id}
          title={
            <bdi>
              {patient.givenName} {patient.familyName}
            </bdi>
          }
          detail={<Num>{patient.id}</Num>}
          end={`${format.age(patient.birthDate, today)} ${t(`sexShort.${patient.sex}`)}`}
          endDetail={<Num>{patient.phone ?? ""}</Num>}
          dimmed={!patient.active}
          selected={patient.id === selected}
          onSelect={() => onSelect(patient.id)}
        />
      ))}
    </Rows>
  );
}
