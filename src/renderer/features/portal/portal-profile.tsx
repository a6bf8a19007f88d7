import { useRouteQuery } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useGo } from "@renderer/lib/navigation.ts";
import { usePreferences } from "@renderer/lib/preferences.ts";
import { closeSession } from "@renderer/lib/session.ts";
import { useUser } from "@renderer/lib/session-store.ts";
import { useFormat } from "@renderer/lib/use-format.ts";
import { Button, Loaded, Num, SegmentedControl } from "@renderer/ui/index.ts";
import { useTranslation } from "react-i18next";
import styles from "./portal.module.css";

/** What the clinic has on file about the person, the look of the screens, password and sign-out. */
export function PortalProfile() {
  const { t } = useTranslation(["portal", "shell"]);
  const words = useErrorWords();
  const format = useFormat();
  const go = useGo();
  const patientId = useUser().externalId ?? "";
  const query = useRouteQuery("patients", "get", { patientId }, { enabled: patientId !== "" });
  return (
    <>
      <section className={styles.card} data-list="">
        <h2 className={styles.listTitle}>{t("profile.onFile")}</h2>
        <Loaded query={query} words={words}>
          {(patient) => {
            const facts: [string, React.ReactNode][] = [
              [t("profile.name"), <bdi key="n">{`${patient.givenName} ${patient.familyName}`}</bdi>],
              [t("profile.id"), <Num key="i">{patient.id}</Num>],
              [t("profile.birthDate"), format.date(patient.birthDate)],
              [t("profile.phone"), <Num key="p">{patient.phone ?? "–"}</Num>],
              [t("profile.email"), <Num key="e">{patient.email ?? "–"}</Num>],
              [t("profile.address"), <bdi key="a">{patient.address ?? "–"}</bdi>],
            ];
            return (
              <dl>
                {facts.map(([name, value]) => (
                  <div key={name} className={styles.fact}>
                    <dt>{name}</dt>
                    <dd>{value}</dd>
                  </div>
                ))}
              </dl>
            );
          }}
        </Loaded>
        <p className={styles.small}>{t("profile.change")}</p>
      </section>
      <Look />
      <Button size="touch" wide onClick={() => go("/account")}>
        {t("profile.account")}
      </Button>
      <Button size="touch" wide onClick={() => void closeSession()}>
        {t("bar.signOut", { ns: "shell" })}
      </Button>
    </>
  );
}

function Look() {
  const { t } = useTranslation(["portal", "shell"]);
  const { theme, contrast, calendar, setTheme, setContrast, setCalendar } = usePreferences();
  const look = contrast === "high" ? "high" : theme;
  return (
    <section className={styles.card}>
      <SegmentedControl<"light" | "dark" | "high">
        size="touch"
        label={t("look.theme", { ns: "shell" })}
        value={look}
        onChange={(next) => {
          setContrast(next === "high" ? "high" : "normal");
          if (next !== "high") setTheme(next);
        }}
        items={[
          { value: "light", label: t("look.light", { ns: "shell" }) },
          { value: "dark", label: t("look.dark", { ns: "shell" }) },
          { value: "high", label: t("look.high", { ns: "shell" }) },
        ]}
      />
      <SegmentedControl<"gregorian" | "hijri">
        size="touch"
        label={t("look.calendar", { ns: "shell" })}
        value={calendar}
        onChange={setCalendar}
        items={[
          { value: "gregorian", label: t("look.gregorian", { ns: "shell" }) },
          { value: "hijri", label: t("look.hijri", { ns: "shell" }) },
        ]}
      />
    </section>
  );
}
