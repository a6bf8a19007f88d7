import { Popover } from "@mantine/core";
import { type CalendarKind, type Language, usePreferences } from "@renderer/lib/preferences.ts";
import { chooseLanguage } from "@renderer/lib/session.ts";
import { IconButton, SegmentedControl } from "@renderer/ui/index.ts";
import { IconContrast, IconLanguage, IconMoon, IconSun } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./frames.module.css";

type Look = "light" | "dark" | "high";

/** English or Arabic. */
export function LanguageSwitch() {
  const { t } = useTranslation();
  const language = usePreferences((state) => state.language);
  return (
    <SegmentedControl<Language>
      label={t("look.language")}
      value={language}
      onChange={chooseLanguage}
      items={[
        { value: "en", label: t("look.english"), lang: "en" },
        { value: "ar", label: t("look.arabic"), lang: "ar" },
      ]}
    />
  );
}

/** Light, dark or high contrast. High contrast keeps the ground it was chosen on. */
export function ThemeSwitch() {
  const { t } = useTranslation();
  const { theme, contrast, setTheme, setContrast } = usePreferences();
  const look: Look = contrast === "high" ? "high" : theme;
  const choose = (next: Look) => {
    setContrast(next === "high" ? "high" : "normal");
    if (next !== "high") setTheme(next);
  };
  return (
    <SegmentedControl<Look>
      label={t("look.theme")}
      value={look}
      onChange={choose}
      items={[
        { value: "light", label: t("look.light"), icon: <IconSun size={16} aria-hidden="true" /> },
        { value: "dark", label: t("look.dark"), icon: <IconMoon size={16} aria-hidden="true" /> },
        { value: "high", label: t("look.high"), icon: <IconContrast size={16} aria-hidden="true" /> },
      ]}
    />
  );
}

function CalendarSwitch() {
  const { t } = useTranslation();
  const { calendar, setCalendar } = usePreferences();
  return (
    <SegmentedControl<CalendarKind>
      label={t("look.calendar")}
      value={calendar}
      onChange={setCalendar}
      items={[
        { value: "gregorian", label: t("look.gregorian") },
        { value: "hijri", label: t("look.hijri") },
      ]}
    />
  );
}

/** Language, look and calendar behind one button of the bar. */
export function LookMenu() {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <Popover position="bottom-end" opened={open} onChange={setOpen} trapFocus>
      <Popover.Target>
        <IconButton label={t("bar.look")} icon={<IconLanguage size={20} />} aria-expanded={open} onClick={() => setOpen(!open)} />
      </Popover.Target>
      <Popover.Dropdown>
        <div className={styles.lookGroup}>
          <LanguageSwitch />
          <ThemeSwitch />
          <CalendarSwitch />
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
