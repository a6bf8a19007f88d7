import { IconFlask } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import styles from "./frames.module.css";

/** "Sample clinic": nobody mistakes the invented people for real ones. */
export function SampleMark() {
  const { t } = useTranslation();
  return (
    <span className={styles.mark} title={t("sampleHint")} data-testid="sample-mark">
      <IconFlask size={16} aria-hidden="true" />
      {t("sample")}
    </span>
  );
}
