import { useClinic } from "@renderer/lib/clinic-store.ts";
import { minutesIntoDay } from "@renderer/lib/clinic-time.ts";
import { Part } from "@renderer/lib/parts.tsx";
import { usePreferences } from "@renderer/lib/preferences.ts";
import { chooseLanguage } from "@renderer/lib/session.ts";
import { useUser } from "@renderer/lib/session-store.ts";
import { useNow } from "@renderer/lib/use-format.ts";
import { Button } from "@renderer/ui/index.ts";
import { useTranslation } from "react-i18next";
import styles from "./portal.module.css";

/** A greeting by the hour, and the other language. */
export function PortalBar() {
  const { t } = useTranslation("portal");
  const user = useUser();
  const language = usePreferences((state) => state.language);
  const other = language === "en" ? "ar" : "en";
  const zone = useClinic((state) => state.timeZone);
  const now = useNow(60_000);
  const hour = Math.floor(minutesIntoDay(now.toISOString(), zone) / 60);
  const greeting = hour < 12 ? "morning" : hour < 18 ? "afternoon" : "evening";
  return (
    <header className={styles.bar}>
      <h1 className={styles.greeting}>
        {t(`greeting.${greeting}`)} <bdi>{user.displayName.split(" ")[0]}</bdi>
      </h1>
      <span className={styles.barEnd}>
        <Part name="shell.bell" />
        <Button size="touch" variant="quiet" lang={other} onClick={() => chooseLanguage(other)}>
          {other === "ar" ? "العربية" : "English"}
        </Button>
      </span>
    </header>
  );
}
