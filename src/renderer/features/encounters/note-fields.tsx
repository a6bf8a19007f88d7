import { Button, Notice } from "@renderer/ui/index.ts";
import { type KeyboardEvent, useId } from "react";
import { useTranslation } from "react-i18next";
import styles from "./note.module.css";
import { SECTIONS, type Sections } from "./types.ts";
import type { WrittenNote } from "./use-note.ts";

const NOTE_MAX = 20_000;

interface NoteFieldsProps {
  note: WrittenNote;
  readOnly: boolean;
  /** `/` was typed where a line begins. */
  onSlash?(section: keyof Sections): void;
  autoFocus?: boolean;
}

/** The three sections of a note, each as tall as its text. */
export function NoteFields({ note, readOnly, onSlash, autoFocus }: NoteFieldsProps) {
  const { t } = useTranslation("encounters");
  const id = useId();
  const onKeyDown = (section: keyof Sections) => (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const { selectionStart, value } = event.currentTarget;
    const lineBegins = selectionStart === 0 || value[selectionStart - 1] === "\n";
    if (event.key !== "/" || !onSlash || !lineBegins || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    onSlash(section);
  };
  return (
    <>
      {note.conflict && <Conflict conflict={note.conflict} />}
      {SECTIONS.map((name, at) => (
        <div key={name} className={styles.noteSection}>
          <label className={styles.noteLabel} htmlFor={`${id}-${name}`}>
            {t(`note.${name}`)}
          </label>
          <textarea
            id={`${id}-${name}`}
            className={styles.noteText}
            dir={note.sections[name] ? "auto" : undefined}
            rows={2}
            maxLength={NOTE_MAX}
            placeholder={t(`note.hint.${name}`)}
            value={note.sections[name]}
            readOnly={readOnly}
            autoFocus={autoFocus && at === 0}
            onChange={(event) => note.write({ [name]: event.currentTarget.value })}
            onKeyDown={onKeyDown(name)}
          />
        </div>
      ))}
    </>
  );
}

/** The same note went on in another window: both texts are here, and the writer decides. */
function Conflict({ conflict }: { conflict: NonNullable<WrittenNote["conflict"]> }) {
  const { t } = useTranslation("encounters");
  return (
    <div className={styles.conflict}>
      <Notice tone="error">{t("note.conflict")}</Notice>
      <dl className={styles.otherText}>
        {SECTIONS.filter((name) => conflict.other[name].trim() !== "").map((name) => (
          <div key={name}>
            <dt>{t(`note.${name}`)}</dt>
            <dd dir="auto">{conflict.other[name]}</dd>
          </div>
        ))}
      </dl>
      <div className={styles.buttons}>
        <Button variant="primary" onClick={conflict.joinBoth}>
          {t("note.joinBoth")}
        </Button>
        <Button onClick={conflict.keepMine}>{t("note.keepMine")}</Button>
        <Button onClick={conflict.takeOther}>{t("note.takeOther")}</Button>
      </div>
    </div>
  );
}
