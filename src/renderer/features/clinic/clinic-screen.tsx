import { useSearchValue } from "@renderer/lib/navigation.ts";
import { Part } from "@renderer/lib/parts.tsx";
import { Page, Tabs } from "@renderer/ui/index.ts";
import { useTranslation } from "react-i18next";
import styles from "./clinic.module.css";
import { ClinicSettings } from "./clinic-settings.tsx";
import { DepartmentsPart } from "./departments-part.tsx";
import { DoctorsPart } from "./doctors-part.tsx";

type Tab = "doctors" | "departments" | "files" | "settings";

/** The admin's first screen: doctors with their hours, departments, and the clinic's own settings. */
export function Screen() {
  const { t } = useTranslation("clinic");
  const [value = "doctors", setPart] = useSearchValue("part");
  const part = value as Tab;
  return (
    <Page title={t("title")} label={t("title")}>
      <div className={styles.page}>
        <div className={styles.tabs}>
          <Tabs<Tab>
            label={t("title")}
            items={[
              { value: "doctors", label: t("doctors.title") },
              { value: "departments", label: t("departments.title") },
              { value: "files", label: t("files.title") },
              { value: "settings", label: t("settings.title") },
            ]}
            value={part}
            onChange={setPart}
            controls="clinic-part"
          />
        </div>
        <div id="clinic-part" role="tabpanel" aria-label={t(`${part}.title`)} className={styles.part}>
          {part === "doctors" && <DoctorsPart />}
          {part === "departments" && <DepartmentsPart />}
          {part === "files" && (
            <div className={styles.narrow}>
              <Part name="clinic.fileLimits" />
            </div>
          )}
          {part === "settings" && <ClinicSettings />}
        </div>
      </div>
    </Page>
  );
}
