import { Page } from "@renderer/ui/index.ts";
import { useTranslation } from "react-i18next";
import { DevicesPart } from "./devices-part.tsx";
import { HealthPart } from "./health-part.tsx";
import { SamplePart } from "./sample-part.tsx";
import styles from "./system.module.css";

/** How the installation fares, its kiosks and boards, and the way out of the sample clinic. */
export function Screen() {
  const { t } = useTranslation("system");
  return (
    <Page title={t("title")} label={t("title")}>
      <div className={styles.columns}>
        <HealthPart />
        <div>
          <DevicesPart />
          <SamplePart />
        </div>
      </div>
    </Page>
  );
}
