import { useRouteCommand } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { usePreferences } from "@renderer/lib/preferences.ts";
import { Button, DateField, Notice, Skeleton } from "@renderer/ui/index.ts";
import { Keypad } from "@renderer/ui/keypad.tsx";
import { IconCalendarUser, IconKeyboard } from "@tabler/icons-react";
import { Suspense, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./kiosk.module.css";
import { useKiosk } from "./store.ts";

const CODE_LENGTH = 6;

/** Who it is: today's booking code, or the birth date and the name. */
export function Identify() {
  const { t } = useTranslation("kiosk");
  const words = useErrorWords();
  const intent = useKiosk((state) => state.intent);
  const expired = useKiosk((state) => state.expired);
  const identified = useKiosk((state) => state.identified);
  const [way, setWay] = useState<"code" | "name">(intent === "book" ? "name" : "code");
  const identify = useRouteCommand("kiosk", "identify", { onSuccess: (answer) => identified(answer.handle, answer.today) });
  const choose = (next: "code" | "name") => {
    identify.reset();
    setWay(next);
  };
  return (
    <>
      <h1 className={styles.title}>{intent === "book" ? t("book") : t("checkIn")}</h1>
      <p className={styles.lead}>{way === "code" ? t("codeLead") : t("nameLead")}</p>
      <div className={styles.ways} role="group" aria-label={t("way")}>
        <button type="button" className={styles.way} aria-pressed={way === "code"} onClick={() => choose("code")}>
          <IconKeyboard size={40} aria-hidden="true" />
          {t("byCode")}
        </button>
        <button type="button" className={styles.way} aria-pressed={way === "name"} onClick={() => choose("name")}>
          <IconCalendarUser size={40} aria-hidden="true" />
          {t("byName")}
        </button>
      </div>
      {expired && !identify.error && <Notice>{t("tooLate")}</Notice>}
      {identify.error && (
        <Notice tone="error">{identify.error.code === "invalid-code" ? t(`unknown.${way}`) : words(identify.error).message}</Notice>
      )}
      {way === "code" ? (
        <ByCode busy={identify.isPending} onSubmit={(code) => identify.mutate({ code })} />
      ) : (
        <ByName busy={identify.isPending} onSubmit={(person) => identify.mutate(person)} />
      )}
    </>
  );
}

function ByCode({ busy, onSubmit }: { busy: boolean; onSubmit(code: string): void }) {
  const { t } = useTranslation("kiosk");
  const [code, setCode] = useState("");
  const left = CODE_LENGTH - code.length;
  const form = useRef<HTMLFormElement>(null);
  // A keyboard's digits go to the code from the start.
  useEffect(() => form.current?.querySelector("input")?.focus(), []);
  return (
    <form
      ref={form}
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (left === 0) onSubmit(code);
      }}
    >
      <Keypad value={code} onChange={setCode} length={CODE_LENGTH} label={t("byCode")} />
      <Button type="submit" variant="primary" size="kiosk" wide disabled={left > 0} busy={busy}>
        {left > 0 ? t("left", { count: left }) : t("continue")}
      </Button>
    </form>
  );
}

interface Person {
  givenName: string;
  familyName: string;
  birthDate: string;
}

function ByName({ busy, onSubmit }: { busy: boolean; onSubmit(person: Person): void }) {
  const { t } = useTranslation("kiosk");
  const language = usePreferences((state) => state.language);
  const [birthDate, setBirthDate] = useState<string | null>(null);
  const [givenName, setGivenName] = useState("");
  const [familyName, setFamilyName] = useState("");
  const whole = birthDate && givenName.trim() && familyName.trim();
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (whole) onSubmit({ birthDate, givenName: givenName.trim(), familyName: familyName.trim() });
      }}
    >
      <Suspense fallback={<Skeleton lines={1} tall />}>
        <DateField label={t("birthDate")} value={birthDate} onChange={setBirthDate} language={language} size="kiosk" />
      </Suspense>
      <label className={styles.field}>
        {t("givenName")}
        <input
          className={styles.input}
          value={givenName}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setGivenName(event.currentTarget.value)}
        />
      </label>
      <label className={styles.field}>
        {t("familyName")}
        <input
          className={styles.input}
          value={familyName}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setFamilyName(event.currentTarget.value)}
        />
      </label>
      <Button type="submit" variant="primary" size="kiosk" wide disabled={!whole} busy={busy}>
        {whole ? t("continue") : t("fillAll")}
      </Button>
    </form>
  );
}
