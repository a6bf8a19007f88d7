import { useRouteQuery } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useGo } from "@renderer/lib/navigation.ts";
import { useFormat, useLocalName } from "@renderer/lib/use-format.ts";
import { Button, Loaded, Num } from "@renderer/ui/index.ts";
import { IconCalendarSearch } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import styles from "./portal.module.css";

/** The next three free times of the patient's own doctor: the first of three taps. */
export function QuickBook({ doctorId, doctorName, doctorNameAr }: { doctorId: string; doctorName: string; doctorNameAr: string | null }) {
  const { t } = useTranslation("portal");
  const words = useErrorWords();
  const format = useFormat();
  const local = useLocalName();
  const go = useGo();
  const query = useRouteQuery("scheduling", "findNextFree", { doctorId, limit: 3 });
  const name = local(doctorName, doctorNameAr);
  return (
    <section className={styles.card} aria-label={t("book.with", { name })}>
      <div className={styles.cardHead}>
        <h2 className={styles.cardTitle}>{t("book.with", { name })}</h2>
        <span>{t("book.step", { step: 1 })}</span>
      </div>
      <Loaded query={query} words={words}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{t("book.noneSoon")}</p>
          ) : (
            <div className={styles.three}>
              {items.map((slot) => (
                <button
                  key={slot.startsAt}
                  type="button"
                  className={styles.slot}
                  onClick={() => go("/portal", { book: "new", doctor: doctorId, at: slot.startsAt })}
                >
                  <span>{format.dayShort(format.dayOf(slot.startsAt))}</span>
                  <strong>
                    <Num>{format.time(slot.startsAt)}</Num>
                  </strong>
                </button>
              ))}
            </div>
          )
        }
      </Loaded>
      <Button
        variant="primary"
        size="touch"
        wide
        icon={<IconCalendarSearch size={20} aria-hidden="true" />}
        onClick={() => go("/portal", { book: "new", doctor: doctorId })}
      >
        {t("book.more")}
      </Button>
    </section>
  );
}
