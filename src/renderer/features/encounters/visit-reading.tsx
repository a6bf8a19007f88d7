import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useUser } from "@renderer/lib/session-store.ts";
import { useFormat } from "@renderer/lib/use-format.ts";
import { Button, Pane, StatusWord } from "@renderer/ui/index.ts";
import { IconCheck, IconPencil, IconStethoscope } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { AmendForm } from "./amend-form.tsx";
import { DiagnosisList } from "./diagnosis-part.tsx";
import { FindingsList } from "./findings-part.tsx";
import styles from "./note.module.css";
import { SignedNotes } from "./signed-notes.tsx";
import type { Patient, Visit } from "./types.ts";
import { WithDraft } from "./with-draft.tsx";

interface VisitReadingProps {
  visit: Visit;
  patient: Patient;
  onNewVisit(): void;
}

/** A finished visit as it stands: what was found, diagnosed and written. A doctor may amend it; nothing is changed. */
export function VisitReading({ visit, patient, onNewVisit }: VisitReadingProps) {
  const { t } = useTranslation("encounters");
  const words = useErrorWords();
  const isDoctor = useUser().roles.includes("doctor");
  const [amending, setAmending] = useState(false);
  const { encounter } = visit;
  if (amending) {
    return (
      <WithDraft encounterId={encounter.id} words={words}>
        {(draft) => (
          <AmendForm visit={visit} draft={draft} onClose={() => setAmending(false)}>
            <Contents visit={visit} patient={patient} />
          </AmendForm>
        )}
      </WithDraft>
    );
  }
  return (
    <Pane
      label={t("visit.label")}
      title={t("visit.title")}
      actions={
        <StatusWord tone="neutral" icon={<IconCheck size={16} aria-hidden="true" />}>
          {t(encounter.status === "amended" ? "visit.amended" : "visit.completed")}
        </StatusWord>
      }
      foot={
        <>
          {isDoctor && (
            <Button icon={<IconPencil size={16} aria-hidden="true" />} onClick={() => setAmending(true)}>
              {t("amend.open")}
            </Button>
          )}
          <span className={styles.footEnd}>
            <Button icon={<IconStethoscope size={16} aria-hidden="true" />} onClick={onNewVisit}>
              {t("start.another")}
            </Button>
          </span>
        </>
      }
    >
      <div className={styles.note}>
        <Contents visit={visit} patient={patient} />
      </div>
    </Pane>
  );
}

function Contents({ visit, patient }: { visit: Visit; patient: Patient }) {
  const { t } = useTranslation("encounters");
  const format = useFormat();
  const { encounter } = visit;
  return (
    <>
      <p className={styles.visitHead}>
        <bdi>{format.dateTime(encounter.startedAt)}</bdi> · <bdi>{encounter.doctorName}</bdi>
        {encounter.reason && (
          <>
            {" · "}
            <bdi>{encounter.reason}</bdi>
          </>
        )}
      </p>
      {visit.observations.length > 0 && (
        <section>
          <h3 className={styles.noteLabel}>{t("findings.title")}</h3>
          <FindingsList visit={visit} patient={patient} />
        </section>
      )}
      {visit.diagnoses.length > 0 && (
        <section>
          <h3 className={styles.noteLabel}>{t("diagnoses.title")}</h3>
          <DiagnosisList visit={visit} />
        </section>
      )}
      {visit.notes.length === 0 && <p className={styles.visitHead}>{t("note.none")}</p>}
      <SignedNotes notes={visit.notes} />
    </>
  );
}
