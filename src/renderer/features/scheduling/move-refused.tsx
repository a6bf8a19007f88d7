import { useErrorWords } from "@renderer/lib/error-words.ts";
import { Notice } from "@renderer/ui/index.ts";
import { useTranslation } from "react-i18next";
import styles from "./desk.module.css";
import { InsistForm } from "./insist-form.tsx";
import { wallTime } from "./layout.ts";
import { type Move, OVERRULABLE } from "./use-move.ts";

/** Why a move was refused; where clinics may want it all the same, a field for the reason. */
export function MoveRefused({ move }: { move: Move }) {
  const { t } = useTranslation("scheduling");
  const words = useErrorWords();
  if (!move.refused) return null;
  const { appointment, place, error } = move.refused;
  const name = `${appointment.patient.givenName} ${appointment.patient.familyName}`;
  return (
    <div className={styles.refused}>
      <Notice tone="error">
        {t("notMoved", { name, time: wallTime(place.minute) })} {words(error).message}
      </Notice>
      <InsistForm possible={OVERRULABLE.includes(error.code)} busy={move.busy} onInsist={move.insist} onForget={move.forget} />
    </div>
  );
}
