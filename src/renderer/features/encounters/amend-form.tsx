import { TextInput } from "@mantine/core";
import { useRouteCommand } from "@renderer/lib/api.ts";
import { useCommandKey } from "@renderer/lib/command-key.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useHotkeys } from "@renderer/lib/hotkeys.ts";
import { Button, Notice, Pane } from "@renderer/ui/index.ts";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { DraftState } from "./draft-state.tsx";
import type { Draft } from "./draft-store.ts";
import styles from "./note.module.css";
import { NoteFields } from "./note-fields.tsx";
import type { Visit } from "./types.ts";
import { useNote } from "./use-note.ts";

const REASON_MIN = 3;
const REASON_MAX = 500;

interface AmendFormProps {
  visit: Visit;
  draft: Draft | null;
  onClose(): void;
  /** What stands and stays. */
  children: ReactNode;
}

/** An amendment of a finished visit: its words, and why. Kept as a draft like any note. */
export function AmendForm({ visit, draft, onClose, children }: AmendFormProps) {
  const { t } = useTranslation("encounters");
  const words = useErrorWords();
  const note = useNote(visit.encounter.id, draft);
  const key = useCommandKey();
  const [reason, setReason] = useState("");
  const amend = useRouteCommand("encounters", "amendEncounter", {
    invalidates: ["patients.getChart"],
    onSuccess: () => {
      note.end();
      onClose();
    },
  });
  const missing = note.conflict
    ? t("note.decideFirst")
    : note.blank
      ? t("amend.writeFirst")
      : reason.trim().length < REASON_MIN
        ? t("amend.reasonFirst")
        : null;
  const sign = async () => {
    if (missing || amend.isPending) return;
    await note.autosave.flush();
    const { id: encounterId, version } = visit.encounter;
    amend.mutate({ encounterId, version, sections: note.sections, reason: reason.trim(), key: key.current() });
  };
  useHotkeys({ "mod+Enter": () => void sign() });
  return (
    <Pane
      label={t("visit.label")}
      title={t("amend.title")}
      actions={<DraftState note={note} />}
      foot={
        <>
          <Button onClick={onClose}>{t("amend.later")}</Button>
          <span className={styles.footEnd}>
            <Button variant="primary" writes keys="Ctrl ↵" disabled={missing !== null} busy={amend.isPending} onClick={() => void sign()}>
              {missing ?? t("amend.sign")}
            </Button>
          </span>
        </>
      }
    >
      <div className={styles.note}>
        {amend.error && <Notice tone="error">{words(amend.error).message}</Notice>}
        {children}
        <section className={styles.amendment} aria-label={t("amend.title")}>
          <TextInput
            label={t("amend.reason")}
            description={t("amend.reasonHint")}
            value={reason}
            maxLength={REASON_MAX}
            autoFocus
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <NoteFields note={note} readOnly={amend.isPending} />
        </section>
      </div>
    </Pane>
  );
}
