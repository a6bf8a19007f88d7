import { useFormat, useLocalName } from "@renderer/lib/use-format.ts";
import { Button, Num } from "@renderer/ui/index.ts";
import { IconArmchair, IconBell, IconCheck, IconDeviceMobile } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import styles from "./kiosk.module.css";
import { useKiosk } from "./store.ts";

/** What was done, readable from where the person stands, without a name. */
export function CheckedIn() {
  const { t } = useTranslation("kiosk");
  const done = useKiosk((state) => state.done);
  const clear = useKiosk((state) => state.clear);
  if (!done) return null;
  const checkedIn = done.kind === "checked-in";
  return (
    <div className={styles.done}>
      <div role="status">
        <h1 className={styles.title}>{checkedIn ? t("doneCheckIn") : t("doneBook")}</h1>
        <p className={styles.lead}>{checkedIn ? t("doneCheckInLead") : t("doneBookLead")}</p>
      </div>
      <Ticket done={done} />
      <ul className={styles.next}>
        {checkedIn ? (
          <>
            <li>
              <IconArmchair size={40} aria-hidden="true" /> {t("nextSeat")}
            </li>
            <li>
              <IconBell size={40} aria-hidden="true" /> {t("nextCalled")}
            </li>
          </>
        ) : (
          <li>
            <IconDeviceMobile size={40} aria-hidden="true" /> {t("nextCode")}
          </li>
        )}
      </ul>
      <div className={styles.atEnd}>
        <Button variant="primary" size="kiosk" wide icon={<IconCheck size={32} aria-hidden="true" />} onClick={clear}>
          {t("finish")}
        </Button>
      </div>
    </div>
  );
}

function Ticket({ done }: { done: NonNullable<ReturnType<typeof useKiosk.getState>["done"]> }) {
  const { t } = useTranslation("kiosk");
  const format = useFormat();
  const local = useLocalName();
  const { visit, code } = done;
  const time = format.time(visit.startsAt);
  return (
    <section className={styles.ticket} aria-label={t("ticket")}>
      <div className={styles.ticketMain}>
        <span>{code ? t("yourCode") : t("yourTime")}</span>
        <Num className={styles.ticketLarge}>{code ? `${code.slice(0, 3)} ${code.slice(3)}` : time}</Num>
      </div>
      <dl className={styles.ticketFacts}>
        {code && (
          <div>
            <dt>{t("when")}</dt>
            <dd>
              {format.dayShort(format.dayOf(visit.startsAt))}
              {t("comma")} <Num>{time}</Num>
            </dd>
          </div>
        )}
        <div>
          <dt>{t("doctor")}</dt>
          <dd>
            <bdi>{local(visit.doctorName, visit.doctorNameAr)}</bdi>
          </dd>
        </div>
        {visit.room && (
          <div>
            <dt>{t("room")}</dt>
            <dd>
              <Num>{visit.room}</Num>
            </dd>
          </div>
        )}
      </dl>
    </section>
  );
}
