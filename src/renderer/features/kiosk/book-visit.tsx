import { useRouteCommand, useRouteQuery } from "@renderer/lib/api.ts";
import { addDays } from "@renderer/lib/clinic-time.ts";
import { useCommandKey } from "@renderer/lib/command-key.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useFormat, useLocalName, useToday } from "@renderer/lib/use-format.ts";
import { Button, EmptyState, Loaded, Notice, Num } from "@renderer/ui/index.ts";
import { IconArrowLeft, IconChevronRight } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./kiosk.module.css";
import { useKiosk } from "./store.ts";

const DAYS_AHEAD = 14;

interface Chosen {
  departmentId: string | null;
  doctorId: string | null;
  day: string;
}

/** Book in three choices: department, doctor, time; a touch on the time books it. */
export function BookVisit() {
  const { t } = useTranslation("kiosk");
  const today = useToday();
  const [chosen, setChosen] = useState<Chosen>({ departmentId: null, doctorId: null, day: today });
  const go = useKiosk((state) => state.go);
  const back = () => {
    if (chosen.doctorId) setChosen({ ...chosen, doctorId: null });
    else if (chosen.departmentId) setChosen({ ...chosen, departmentId: null });
    else go("visits");
  };
  return (
    <>
      <h1 className={styles.title}>
        {chosen.doctorId ? t("chooseTime") : chosen.departmentId ? t("chooseDoctor") : t("chooseDepartment")}
      </h1>
      {!chosen.departmentId ? (
        <Departments onChoose={(departmentId) => setChosen({ ...chosen, departmentId })} />
      ) : !chosen.doctorId ? (
        <Doctors departmentId={chosen.departmentId} onChoose={(doctorId) => setChosen({ ...chosen, doctorId })} />
      ) : (
        <Times doctorId={chosen.doctorId} day={chosen.day} onDay={(day) => setChosen({ ...chosen, day })} />
      )}
      <div className={styles.back}>
        <Button size="touch" icon={<IconArrowLeft size={24} className="flip" aria-hidden="true" />} onClick={back}>
          {t("back")}
        </Button>
      </div>
    </>
  );
}

function Choice({ title, onChoose }: { title: string; onChoose(): void }) {
  return (
    <button type="button" className={styles.choice} onClick={onChoose}>
      <span className={styles.choiceWords}>
        <strong>{title}</strong>
      </span>
      <IconChevronRight size={32} className="flip" aria-hidden="true" />
    </button>
  );
}

function Departments({ onChoose }: { onChoose(id: string): void }) {
  const words = useErrorWords();
  const local = useLocalName();
  const query = useRouteQuery("clinic", "listDepartments", {});
  return (
    <Loaded query={query} words={words}>
      {({ items }) => (
        <div className={styles.choices}>
          {items
            .filter((item) => item.doctorCount > 0)
            .map((item) => (
              <Choice key={item.id} title={local(item.name, item.nameAr)} onChoose={() => onChoose(item.id)} />
            ))}
        </div>
      )}
    </Loaded>
  );
}

function Doctors({ departmentId, onChoose }: { departmentId: string; onChoose(id: string): void }) {
  const words = useErrorWords();
  const local = useLocalName();
  const query = useRouteQuery("clinic", "listDoctors", { departmentId });
  return (
    <Loaded query={query} words={words}>
      {({ items }) => (
        <div className={styles.choices}>
          {items.map((item) => (
            <Choice key={item.id} title={local(item.name, item.nameAr)} onChoose={() => onChoose(item.id)} />
          ))}
        </div>
      )}
    </Loaded>
  );
}

function Times({ doctorId, day, onDay }: { doctorId: string; day: string; onDay(day: string): void }) {
  const { t } = useTranslation("kiosk");
  const words = useErrorWords();
  const format = useFormat();
  const today = useToday();
  const { handle, finish, expire } = useKiosk();
  const key = useCommandKey();
  const query = useRouteQuery("kiosk", "listFreeSlots", { handle: handle ?? "", doctorId, day }, { staleTime: 0 });
  const book = useRouteCommand("kiosk", "bookAppointment", {
    onSuccess: ({ code, ...visit }) => finish({ kind: "booked", visit, code }),
    onError: (error) => {
      key.renew();
      if (error.code === "invalid-code") expire();
      else void query.refetch();
    },
  });
  const expired = query.error?.code === "invalid-code";
  useEffect(() => {
    if (expired) expire();
  }, [expired, expire]);
  const choose = (startsAt: string) => handle && book.mutate({ handle, doctorId, startsAt, key: key.current() });
  return (
    <>
      <div className={styles.days} role="group" aria-label={t("day")}>
        <Button size="touch" disabled={day <= today} onClick={() => onDay(addDays(day, -1))}>
          {t("dayBefore")}
        </Button>
        <strong className={styles.dayName}>{format.dayLong(day)}</strong>
        <Button size="touch" disabled={day >= addDays(today, DAYS_AHEAD)} onClick={() => onDay(addDays(day, 1))}>
          {t("dayAfter")}
        </Button>
      </div>
      {book.error && <Notice tone="error">{words(book.error).message}</Notice>}
      <Loaded query={query} words={words}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t("noTimes")}>{t("noTimesHint")}</EmptyState>
          ) : (
            <div className={styles.times}>
              {items.map((slot) => (
                <Button key={slot.startsAt} size="kiosk" busy={book.isPending} onClick={() => choose(slot.startsAt)}>
                  <Num>{format.time(slot.startsAt)}</Num>
                </Button>
              ))}
            </div>
          )
        }
      </Loaded>
    </>
  );
}
