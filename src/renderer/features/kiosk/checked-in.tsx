import { useFormat } from "@renderer/lib/use-format.ts";
import { Button, Num } from "@renderer/ui/index.ts";
import { IconCircleCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import styles from "./kiosk.module.css";
import { useKiosk } from "./store.ts";
import { VisitWords } from "./today-visits.tsx";

/** What was done, readable from where the person stands, without a name. */
export function CheckedIn() {
  const { t } = useTranslation("kiosk");
  const format = useFormat();
  const done = useKiosk((state) => state.done);
  const clear = useKiosk((state) => state.clear);
  if (!done) return null;
  return (
    <div className={styles.done} role="status">
      <IconCircleCheck size={96} aria-hidden="true" />
      <h1 className={styles.title}>{done.kind === "checked-in" ? t("doneCheckIn") : t("doneBook")}</h1>
      <p className={styles.lead}>{done.kind === "checked-in" ? t("doneCheckInLead") : format.dayLong(format.dayOf(done.visit.startsAt))}</p>
      <VisitWords visit={done.visit} />
      {done.code && (
        <p className={styles.code}>
          {t("yourCode")} <Num className={styles.codeDigits}>{`${done.code.slice(0, 3)} ${done.code.slice(3)}`}</Num>
        </p>
      )}
      <Button variant="primary" size="kiosk" wide onClick={clear}>
        {t("finish")}
      </Button>
    </div>
  );
}
