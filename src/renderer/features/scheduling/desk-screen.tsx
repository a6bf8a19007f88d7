import { Select } from "@mantine/core";
import { useRouteQuery } from "@renderer/lib/api.ts";
import { addDays } from "@renderer/lib/clinic-time.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useHotkeys } from "@renderer/lib/hotkeys.ts";
import { type Search, useGo, useSearchValue } from "@renderer/lib/navigation.ts";
import { useFormat, useLocalName, useToday } from "@renderer/lib/use-format.ts";
import { Button, IconButton, Loaded, Pane, Split } from "@renderer/ui/index.ts";
import { IconCalendarPlus, IconChevronLeft, IconChevronRight, IconWalk } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { BookPanel } from "./book-panel.tsx";
import { DayBoard } from "./day-board.tsx";
import { DayCounts } from "./day-counts.tsx";
import styles from "./desk.module.css";
import { type Doctor, useBoard } from "./store.ts";
import { VisitPanel } from "./visit-panel.tsx";
import { WalkInPanel } from "./walk-in-panel.tsx";

/** The address of the desk: the day, the doctor shown, and what the panel at the end is about. */
function useDesk() {
  const go = useGo();
  const today = useToday();
  const [day = today] = useSearchValue("day");
  const [doctor] = useSearchValue("doctor");
  const [visit] = useSearchValue("visit");
  const [book] = useSearchValue("book");
  const [walkIn] = useSearchValue("walkIn");
  const kept: Search = { day: day === today ? undefined : day, doctor };
  return {
    day,
    today,
    doctor,
    visit,
    book,
    walkIn,
    show: (search: Search) => go("/desk", { ...kept, ...search }),
  };
}

/** The desk: the day of every doctor side by side; book, walk in, move, arrive. */
export function Screen() {
  const { t } = useTranslation("scheduling");
  const words = useErrorWords();
  const desk = useDesk();
  const want = useBoard((state) => state.want);
  const day = useRouteQuery("scheduling", "listDay", { day: desk.day }, { placeholderData: (before) => before });
  const doctors = useRouteQuery("clinic", "listDoctors", {});
  const close = () => {
    want(null);
    desk.show({});
  };
  useHotkeys({
    F2: () => desk.show({ walkIn: "1" }),
    "alt+ArrowLeft": () => desk.show({ day: addDays(desk.day, -1) }),
    "alt+ArrowRight": () => desk.show({ day: addDays(desk.day, 1) }),
  });
  useHotkeys({ b: () => desk.show({ book: "new" }) });
  const shown = (doctors.data?.items ?? []).filter((doctor) => !desk.doctor || doctor.id === desk.doctor);
  const open = day.data?.items.find((item) => item.id === desk.visit);
  return (
    <Split>
      <Pane
        label={t("title")}
        tools={<Tools desk={desk} doctors={doctors.data?.items ?? []} counts={<DayCounts items={day.data?.items ?? []} />} />}
      >
        <Loaded query={doctors} words={words}>
          {() => (
            <Loaded query={day} words={words}>
              {({ items, hours }) => (
                <DayBoard
                  day={desk.day}
                  doctors={shown}
                  items={items}
                  hours={hours}
                  selected={desk.visit}
                  onOpen={(id) => desk.show({ visit: id })}
                  onWant={(place) => {
                    want(place);
                    desk.show({ book: desk.book ?? "new" });
                  }}
                />
              )}
            </Loaded>
          )}
        </Loaded>
      </Pane>
      {open && (
        <VisitPanel
          key={`${open.id}${open.version}`}
          appointment={open}
          onClose={close}
          onMoved={(visit, movedDay) => desk.show({ visit, day: movedDay })}
        />
      )}
      {desk.book && (
        <BookPanel
          key={desk.book}
          patientId={desk.book === "new" ? undefined : desk.book}
          day={desk.day}
          doctors={doctors.data?.items ?? []}
          onClose={close}
          onBooked={(visit, bookedDay) => desk.show({ visit, day: bookedDay })}
        />
      )}
      {desk.walkIn && <WalkInPanel onClose={close} onDone={(visit) => desk.show({ visit, day: undefined })} />}
    </Split>
  );
}

function Tools({ desk, doctors, counts }: { desk: ReturnType<typeof useDesk>; doctors: readonly Doctor[]; counts: React.ReactNode }) {
  const { t } = useTranslation("scheduling");
  const format = useFormat();
  const local = useLocalName();
  return (
    <div className={styles.tools}>
      <h2 className={styles.title}>{t("title")}</h2>
      <IconButton
        bordered
        label={t("dayBefore")}
        icon={<IconChevronLeft size={20} className="flip" />}
        onClick={() => desk.show({ day: addDays(desk.day, -1) })}
      />
      <Button
        aria-label={`${format.dayShort(desk.day)}, ${t("toToday")}`}
        onClick={() => desk.show({ day: undefined })}
        aria-current={desk.day === desk.today ? "date" : undefined}
      >
        {format.dayShort(desk.day)}
      </Button>
      <IconButton
        bordered
        label={t("dayAfter")}
        icon={<IconChevronRight size={20} className="flip" />}
        onClick={() => desk.show({ day: addDays(desk.day, 1) })}
      />
      {counts}
      <span className={styles.toolsEnd}>
        <Select
          aria-label={t("doctors")}
          placeholder={t("allDoctors")}
          data={doctors.map((doctor) => ({ value: doctor.id, label: local(doctor.name, doctor.nameAr) }))}
          value={desk.doctor ?? null}
          onChange={(doctor) => desk.show({ doctor: doctor ?? undefined })}
          clearable
          searchable
        />
        <Button icon={<IconWalk size={16} aria-hidden="true" />} keys="F2" onClick={() => desk.show({ walkIn: "1" })}>
          {t("walkIn.open")}
        </Button>
        <Button
          variant="primary"
          icon={<IconCalendarPlus size={16} aria-hidden="true" />}
          keys="B"
          onClick={() => desk.show({ book: "new" })}
        >
          {t("book.open")}
        </Button>
      </span>
    </div>
  );
}
