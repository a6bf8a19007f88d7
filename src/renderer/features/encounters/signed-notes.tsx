import { useFormat } from "@renderer/lib/use-format.ts";
import { useTranslation } from "react-i18next";
import styles from "./note.module.css";
import { type Note, SECTIONS } from "./types.ts";

/** Notes as they were signed, oldest first; an amendment stands under what it amends, with its reason. */
export function SignedNotes({ notes }: { notes: readonly Note[] }) {
  const { t } = useTranslation("encounters");
  const format = useFormat();
  const ordered = [...notes].sort((a, b) => a.writtenAt.localeCompare(b.writtenAt) || a.id.localeCompare(b.id));
  return ordered.map((note) => (
    <article key={note.id} className={styles.signed} data-kind={note.kind} aria-label={t(`note.kind.${note.kind}`)}>
      <p className={styles.signedBy}>
        {t(`note.kind.${note.kind}`)} · <bdi>{note.writtenBy}</bdi> · <bdi>{format.dateTime(note.writtenAt)}</bdi>
      </p>
      {note.reason && (
        <p>
          {t("amend.because")} <bdi>{note.reason}</bdi>
        </p>
      )}
      {SECTIONS.filter((name) => note.sections[name].trim() !== "").map((name) => (
        <div key={name}>
          <h3 className={styles.noteLabel}>{t(`note.${name}`)}</h3>
          <p className={styles.signedText} dir="auto">
            {note.sections[name]}
          </p>
        </div>
      ))}
    </article>
  ));
}
