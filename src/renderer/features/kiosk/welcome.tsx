import { IconCalendarPlus, IconChevronRight, IconLogin2 } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import styles from "./kiosk.module.css";
import { useKiosk } from "./store.ts";

/** What the person came for: two large choices. */
export function Welcome() {
  const { t } = useTranslation("kiosk");
  const begin = useKiosk((state) => state.begin);
  return (
    <>
      <h1 className={styles.title}>{t("welcome")}</h1>
      <p className={styles.lead}>{t("welcomeLead")}</p>
      <div className={styles.choices}>
        <button type="button" className={styles.choice} data-main="" onClick={() => begin("check-in")}>
          <IconLogin2 size={48} className="flip" aria-hidden="true" />
          <span className={styles.choiceWords}>
            <strong>{t("checkIn")}</strong>
            <span>{t("checkInLead")}</span>
          </span>
          <IconChevronRight size={32} className="flip" aria-hidden="true" />
        </button>
        <button type="button" className={styles.choice} onClick={() => begin("book")}>
          <IconCalendarPlus size={48} aria-hidden="true" />
          <span className={styles.choiceWords}>
            <strong>{t("book")}</strong>
            <span>{t("bookLead")}</span>
          </span>
          <IconChevronRight size={32} className="flip" aria-hidden="true" />
        </button>
      </div>
    </>
  );
}
