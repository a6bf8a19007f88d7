import { useRouteQuery } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useFormat, useToday } from "@renderer/lib/use-format.ts";
import { Button, Loaded, Num, Skeleton } from "@renderer/ui/index.ts";
import { useTranslation } from "react-i18next";
import styles from "./desk.module.css";

/** Who is booked, with a way to choose someone else. */
export function PickedPatient({ patientId, onOther }: { patientId: string; onOther(): void }) {
  const { t } = useTranslation("scheduling");
  const words = useErrorWords();
  const format = useFormat();
  const today = useToday();
  const query = useRouteQuery("patients", "get", { patientId });
  return (
    <Loaded query={query} words={words} skeleton={<Skeleton lines={1} />}>
      {(patient) => (
        <div className={styles.picked}>
          <span>
            <strong>
              <bdi>{`${patient.givenName} ${patient.familyName}`}</bdi>
            </strong>{" "}
            {format.age(patient.birthDate, today)} <Num>{patient.id}</Num>
          </span>
          <Button variant="quiet" onClick={onOther}>
            {t("pick.other")}
          </Button>
        </div>
      )}
    </Loaded>
  );
}
