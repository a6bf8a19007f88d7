import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useFormat } from "@renderer/lib/use-format.ts";
import { Num } from "@renderer/ui/index.ts";
import { IconCloudOff, IconDeviceFloppy } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import styles from "./note.module.css";
import type { WrittenNote } from "./use-note.ts";

/** When the draft was last kept, in a word that never jumps. */
export function DraftState({ note }: { note: WrittenNote }) {
  const { t } = useTranslation("encounters");
  const format = useFormat();
  const words = useErrorWords();
  const { state, savedAt, error } = note.autosave;
  if (state === "failed") {
    return (
      <span className={styles.draftState} data-failed="" role="status">
        <IconCloudOff size={16} aria-hidden="true" />
        {note.conflict ? t("note.waitsForYou") : `${t("note.notSaved")} ${words(error).message}`}
      </span>
    );
  }
  if (!savedAt && state === "clean") return null;
  return (
    <span className={styles.draftState} data-testid="draft-state" data-state={state}>
      <IconDeviceFloppy size={16} aria-hidden="true" />
      {state === "waiting" || state === "saving" ? t("note.saving") : t("note.saved")}
      {savedAt && state !== "waiting" && state !== "saving" && <Num>{format.timeSeconds(savedAt)}</Num>}
    </span>
  );
}
