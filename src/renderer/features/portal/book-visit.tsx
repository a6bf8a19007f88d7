import { useRouteQuery } from "@renderer/lib/api.ts";
import { addDays } from "@renderer/lib/clinic-time.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useGo, useSearchValue } from "@renderer/lib/navigation.ts";
import { useFormat, useLocalName, useToday } from "@renderer/lib/use-format.ts";
import { Button, EmptyState, IconButton, Loaded, Num } from "@renderer/ui/index.ts";
import { IconChevronLeft, IconChevronRight, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmVisit } from "./confirm-visit.tsx";
import styles from "./portal.module.css";

/** Book or move in three taps: doctor, time, confirm. What is chosen lives in the address, so Back works. */
export function BookVisit() {
  const { t } = useTranslation("portal");
  const go = useGo();
  const [mode] = useSearchValue("book");
  const [visitId] = useSearchValue("visit");
  const [doctor] = useSearchValue("doctor");
  const [at] = useSearchValue("at");
  const mine = useRouteQuery("scheduling", "listMyAppointments", {}, { enabled: mode === "move" });
  const moving = mode === "move" ? mine.data?.upcoming.find((visit) => visit.id === visitId) : undefined;
  const doctorId = doctor ?? moving?.doctorId;
  const kept = { book: mode, visit: visitId };
  const step = !doctorId ? 1 : !at ? 2 : 3;
  return (
    <section className={styles.card} aria-label={t("book.title")}>
      <div className={styles.cardHead}>
        <h2 className={styles.cardTitle}>{moving ? t("book.move") : t("book.title")}</h2>
        <span className={styles.headEnd}>
          {t("book.step", { step })}
          <IconButton size="touch" label={t("book.stop")} icon={<IconX size={20} />} onClick={() => go("/portal")} />
        </span>
      </div>
      {!doctorId ? (
        <Doctors onChoose={(id) => go("/portal", { ...kept, doctor: id })} />
      ) : !at ? (
        <Times
          doctorId={doctorId}
          onChoose={(startsAt) => go("/portal", { ...kept, doctor: doctorId, at: startsAt })}
          onOther={moving ? undefined : () => go("/portal", { book: "new" })}
        />
      ) : (
        <ConfirmVisit doctorId={doctorId} startsAt={at} moving={moving} onOtherTime={() => go("/portal", { ...kept, doctor: doctorId })} />
      )}
    </section>
  );
}

function Doctors({ onChoose }: { onChoose(id: string): void }) {
  const words = useErrorWords();
  const local = useLocalName();
  const query = useRouteQuery("clinic", "listDoctors", {});
  return (
    <Loaded query={query} words={words}>
      {({ items }) => (
        <ul>
          {items.map((item) => (
            <li key={item.id}>
              <button type="button" className={styles.link} onClick={() => onChoose(item.id)}>
                <span className={styles.linkWords}>
                  <span>{local(item.name, item.nameAr)}</span>
                  <span className={styles.small}>{local(item.departmentName, item.departmentNameAr)}</span>
                </span>
                <IconChevronRight size={20} className="flip" aria-hidden="true" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </Loaded>
  );
}

function Times({ doctorId, onChoose, onOther }: { doctorId: string; onChoose(startsAt: string): void; onOther?(): void }) {
  const { t } = useTranslation("portal");
  const words = useErrorWords();
  const format = useFormat();
  const today = useToday();
  const first = useRouteQuery("scheduling", "findNextFree", { doctorId, limit: 1 });
  const soonest = first.data?.items[0];
  const [chosen, setDay] = useState<string | null>(null);
  const day = chosen ?? (soonest ? format.dayOf(soonest.startsAt) : today);
  const query = useRouteQuery("scheduling", "listFreeSlots", { doctorId, day }, { enabled: chosen !== null || !first.isPending });
  return (
    <>
      <div className={styles.days}>
        <IconButton
          bordered
          size="touch"
          label={t("book.dayBefore")}
          disabled={day <= today}
          icon={<IconChevronLeft size={20} className="flip" />}
          onClick={() => setDay(addDays(day, -1))}
        />
        <strong>{format.dayLong(day)}</strong>
        <IconButton
          bordered
          size="touch"
          label={t("book.dayAfter")}
          icon={<IconChevronRight size={20} className="flip" />}
          onClick={() => setDay(addDays(day, 1))}
        />
      </div>
      <Loaded query={query} words={words}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState
              title={t("book.noTimes")}
              action={
                soonest && format.dayOf(soonest.startsAt) !== day ? (
                  <Button size="touch" onClick={() => setDay(null)}>
                    {t("book.soonest")}
                  </Button>
                ) : undefined
              }
            />
          ) : (
            <div className={styles.three}>
              {items.map((slot) => (
                <button
                  key={slot.startsAt}
                  type="button"
                  className={styles.slot}
                  aria-label={format.time(slot.startsAt)}
                  onClick={() => onChoose(slot.startsAt)}
                >
                  <strong>
                    <Num>{format.time(slot.startsAt)}</Num>
                  </strong>
                </button>
              ))}
            </div>
          )
        }
      </Loaded>
      {onOther && (
        <Button size="touch" wide onClick={onOther}>
          {t("book.otherDoctor")}
        </Button>
      )}
    </>
  );
}
