import { useRouteCommand } from "@renderer/lib/api.ts";
import { useCommandKey } from "@renderer/lib/command-key.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useHotkeys } from "@renderer/lib/hotkeys.ts";
import { useUser } from "@renderer/lib/session-store.ts";
import { Button, Notice, Pane } from "@renderer/ui/index.ts";
import { IconCircleCheck } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { DiagnosisPart } from "./diagnosis-part.tsx";
import { DraftState } from "./draft-state.tsx";
import type { Draft } from "./draft-store.ts";
import { FindingsPart } from "./findings-part.tsx";
import styles from "./note.module.css";
import { NoteFields } from "./note-fields.tsx";
import { SignedNotes } from "./signed-notes.tsx";
import { TemplateMenu } from "./template-menu.tsx";
import type { Patient, Visit } from "./types.ts";
import { useNote } from "./use-note.ts";

interface VisitNoteProps {
  visit: Visit;
  draft: Draft | null;
  patient: Patient;
  /** The note is signed: begin with an empty one. */
  onSigned(): void;
}

/** An open visit: findings, diagnoses and the note, kept while it is typed; sign it, then complete the visit. */
export function VisitNote({ visit, draft, patient, onSigned }: VisitNoteProps) {
  const { t } = useTranslation("encounters");
  const words = useErrorWords();
  const isDoctor = useUser().roles.includes("doctor");
  const { encounter } = visit;
  const note = useNote(encounter.id, draft);
  const key = useCommandKey();
  const [templates, openTemplates] = useState(false);
  const sign = useRouteCommand("encounters", "writeNote", {
    invalidates: ["patients.getChart"],
    onSuccess: () => {
      note.end();
      key.renew();
      onSigned();
    },
  });
  const complete = useRouteCommand("encounters", "completeEncounter", { invalidates: ["scheduling", "patients.getChart"] });
  const signNow = async () => {
    if (note.blank || note.conflict || sign.isPending) return;
    await note.autosave.flush();
    sign.mutate({ encounterId: encounter.id, sections: note.sections, key: key.current() });
  };
  const finish = () => complete.mutate({ encounterId: encounter.id, version: encounter.version });
  useHotkeys({ "mod+Enter": () => (note.blank && visit.notes.length > 0 && isDoctor ? finish() : void signNow()) });
  useHotkeys({ "/": () => openTemplates(true) });
  const failure = sign.error ?? complete.error;
  return (
    <Pane
      label={t("visit.label")}
      title={t("note.title")}
      actions={<DraftState note={note} />}
      tools={
        <TemplateMenu
          opened={templates}
          onOpened={openTemplates}
          sections={note.sections}
          onApply={(sections) => {
            note.write(sections);
            openTemplates(false);
          }}
        />
      }
      foot={
        <Foot
          note={note}
          signing={sign.isPending}
          completing={complete.isPending}
          signed={visit.notes.length > 0}
          mayComplete={isDoctor}
          onSign={() => void signNow()}
          onComplete={finish}
        />
      }
    >
      <div className={styles.note}>
        {failure && <Notice tone="error">{words(failure).message}</Notice>}
        <FindingsPart visit={visit} patient={patient} />
        {(isDoctor || visit.diagnoses.length > 0) && <DiagnosisPart visit={visit} mayRecord={isDoctor} />}
        <SignedNotes notes={visit.notes} />
        <NoteFields note={note} readOnly={sign.isPending} onSlash={() => openTemplates(true)} />
      </div>
    </Pane>
  );
}

interface FootProps {
  note: ReturnType<typeof useNote>;
  signing: boolean;
  completing: boolean;
  signed: boolean;
  mayComplete: boolean;
  onSign(): void;
  onComplete(): void;
}

/** Sign, then complete: the one that is next is the main button, and each says what is missing. */
function Foot({ note, signing, completing, signed, mayComplete, onSign, onComplete }: FootProps) {
  const { t } = useTranslation("encounters");
  const completeNext = note.blank && signed && mayComplete;
  const completeWords = !signed ? t("visit.signFirst") : !note.blank ? t("visit.signRestFirst") : t("visit.complete");
  const signWords = note.conflict ? t("note.decideFirst") : note.blank ? t("note.nothingToSign") : t("note.sign");
  return (
    <>
      {mayComplete && (
        <Button
          variant={completeNext ? "primary" : "secondary"}
          writes
          icon={<IconCircleCheck size={16} aria-hidden="true" />}
          keys={completeNext ? "Ctrl ↵" : undefined}
          disabled={!signed || !note.blank}
          busy={completing}
          onClick={onComplete}
        >
          {completeWords}
        </Button>
      )}
      <span className={styles.footEnd}>
        <Button
          variant={completeNext ? "secondary" : "primary"}
          writes
          keys={completeNext ? undefined : "Ctrl ↵"}
          disabled={note.blank || note.conflict !== null}
          busy={signing}
          onClick={onSign}
        >
          {signWords}
        </Button>
      </span>
    </>
  );
}
