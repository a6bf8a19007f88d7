import { useRouteQuery } from "@renderer/lib/api.ts";
import { useClinic } from "@renderer/lib/clinic-store.ts";
import { useDevice } from "@renderer/lib/device-store.ts";
import { usePreferences } from "@renderer/lib/preferences.ts";
import { closeSession } from "@renderer/lib/session.ts";
import { useSession } from "@renderer/lib/session-store.ts";
import { Button, Countdown, Logo } from "@renderer/ui/index.ts";
import { IconAccessible, IconClock } from "@tabler/icons-react";
import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { BookVisit } from "./book-visit.tsx";
import { CheckedIn } from "./checked-in.tsx";
import { Identify } from "./identify.tsx";
import styles from "./kiosk.module.css";
import { KioskPairing } from "./kiosk-pairing.tsx";
import { CLEAR_AFTER_SECONDS, type KioskStep, useKiosk } from "./store.ts";
import { TodayVisits } from "./today-visits.tsx";
import { Welcome } from "./welcome.tsx";

/** The kiosk: check in or book without an account. It clears itself, and shows no name. */
export function Screen() {
  const device = useDevice((state) => state.device);
  const acting = useDevice((state) => state.acting);
  const act = useDevice((state) => state.act);
  const paired = device?.role === "kiosk";
  useEffect(() => {
    if (!paired) return;
    let left = false;
    // Whoever was signed in here is not: the next person at a kiosk is somebody else.
    const alone = useSession.getState().token === null ? Promise.resolve() : closeSession().catch(() => undefined);
    void alone.then(() => !left && act(true));
    return () => {
      left = true;
      act(false);
    };
  }, [act, paired]);
  if (!paired) return <KioskPairing />;
  return acting ? <PairedKiosk /> : null;
}

const STEPS: Record<KioskStep, () => React.ReactNode> = {
  welcome: () => <Welcome />,
  identify: () => <Identify />,
  visits: () => <TodayVisits />,
  book: () => <BookVisit />,
  done: () => <CheckedIn />,
};

function PairedKiosk() {
  const { t } = useTranslation("kiosk");
  const step = useKiosk((state) => state.step);
  const until = useKiosk((state) => state.clearsAt);
  const touch = useKiosk((state) => state.touch);
  const clear = useKiosk((state) => state.clear);
  const [low, setLow] = useState(false);
  const words = useCallback((seconds: number) => t("clears", { count: seconds }), [t]);
  useEffect(() => {
    const hears = ["pointerdown", "keydown"] as const;
    for (const event of hears) window.addEventListener(event, touch);
    return () => {
      for (const event of hears) window.removeEventListener(event, touch);
    };
  }, [touch]);
  // Leaving the screen forgets the person too.
  useEffect(() => clear, [clear]);
  return (
    <div className={styles.kiosk} data-low={low || undefined}>
      <KioskBar low={low} onLow={() => setLow(!low)} />
      <div className={styles.body}>{STEPS[step]()}</div>
      {step !== "welcome" && (
        <footer className={styles.foot}>
          <IconClock size={32} aria-hidden="true" />
          <Countdown key={until} until={until} totalSeconds={CLEAR_AFTER_SECONDS} words={words} onEnd={clear} />
          <Button size="touch" onClick={clear}>
            {t("stop")}
          </Button>
        </footer>
      )}
    </div>
  );
}

function KioskBar({ low, onLow }: { low: boolean; onLow(): void }) {
  const { t } = useTranslation("kiosk");
  const language = usePreferences((state) => state.language);
  const setLanguage = (next: "en" | "ar") => usePreferences.setState({ language: next });
  const clinic = useRouteQuery("clinic", "getClinic", {});
  useEffect(() => {
    if (clinic.data) useClinic.setState({ name: clinic.data.name, timeZone: clinic.data.timeZone, currency: clinic.data.currency });
  }, [clinic.data]);
  return (
    <header className={styles.bar}>
      <span className={styles.clinic}>
        <Logo />
        <bdi>{clinic.data?.name}</bdi>
      </span>
      <span className={styles.barEnd}>
        <Button size="touch" icon={<IconAccessible size={24} aria-hidden="true" />} aria-pressed={low} onClick={onLow}>
          {low ? t("raise") : t("lower")}
        </Button>
        <Button size="touch" lang={language === "en" ? "ar" : "en"} onClick={() => setLanguage(language === "en" ? "ar" : "en")}>
          {language === "en" ? "العربية" : "English"}
        </Button>
      </span>
    </header>
  );
}
