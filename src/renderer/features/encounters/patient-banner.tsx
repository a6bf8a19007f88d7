import { useFormat, useToday } from "@renderer/lib/use-format.ts";
import { Banner, BannerPart, Button, Num, StatusWord } from "@renderer/ui/index.ts";
import { IconAlertCircle, IconEyeExclamation } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import styles from "./today.module.css";
import type { Chart } from "./types.ts";
import type { PanelName } from "./use-today.ts";

interface PatientBannerProps {
  chart: Chart;
  panel: PanelName | undefined;
  onPanel(panel: PanelName): void;
}

/** Who this is, what they must not get, and how this chart was opened. */
export function PatientBanner({ chart, onPanel }: PatientBannerProps) {
  const { t } = useTranslation("encounters");
  const format = useFormat();
  const today = useToday();
  const { patient, conditions } = chart;
  return (
    <Banner label={t("banner.label")}>
      <BannerPart>
        <h2 className={styles.name}>
          <bdi>
            {patient.givenName} {patient.familyName}
          </bdi>
        </h2>
        <p className={styles.identity}>
          <span>
            {format.age(patient.birthDate, today)}
            {t("comma")}
            {t(`sex.${patient.sex}`)}
          </span>
          <span>
            {t("banner.born")} <Num>{format.dateNumeric(patient.birthDate)}</Num>
          </span>
          <Num>{patient.id}</Num>
          {!patient.active && <strong>{t("banner.inactive")}</strong>}
        </p>
        <button type="button" dir="auto" className={styles.bannerLine} onClick={() => onPanel("conditions")}>
          {conditions.length === 0 ? t("banner.noConditions") : conditions.map(({ title }) => title).join(t("comma"))}
        </button>
      </BannerPart>
      <AllergyPart chart={chart} onChange={() => onPanel("allergies")} />
      {chart.breakGlass && (
        <BannerPart tone="warn">
          <StatusWord tone="warn" icon={<IconEyeExclamation size={16} aria-hidden="true" />}>
            {t("banner.breakGlass")}
          </StatusWord>
          <p>{t("banner.breakGlassWords")}</p>
        </BannerPart>
      )}
    </Banner>
  );
}

function AllergyPart({ chart, onChange }: { chart: Chart; onChange(): void }) {
  const { t } = useTranslation("encounters");
  const format = useFormat();
  const active = chart.allergies.filter(({ voided }) => voided === null);
  const change = (words: string) => (
    <Button variant="quiet" onClick={onChange}>
      {words}
    </Button>
  );
  if (active.length > 0) {
    return (
      <BannerPart tone="stop">
        <div className={styles.allergyHead}>
          <StatusWord tone="stop" icon={<IconAlertCircle size={16} aria-hidden="true" />}>
            {t("allergies.recorded", { count: active.length })}
          </StatusWord>
          {change(t("allergies.change"))}
        </div>
        <ul className={styles.allergies}>
          {active.map((allergy) => (
            <li key={allergy.id}>
              <bdi className={styles.substance}>{allergy.substance}</bdi>
              {": "}
              {allergy.reaction && (
                <>
                  <bdi>{allergy.reaction}</bdi>
                  {t("comma")}
                </>
              )}
              {t(`allergies.severity.${allergy.severity}`)} (<Num>{format.dayOf(allergy.recordedAt).slice(0, 4)}</Num>)
            </li>
          ))}
        </ul>
      </BannerPart>
    );
  }
  if (chart.patient.allergyStatus === "none-known") {
    return (
      <BannerPart>
        <div className={styles.allergyHead}>
          <span>{t("allergies.noneKnown")}</span>
          {change(t("allergies.change"))}
        </div>
      </BannerPart>
    );
  }
  return (
    <BannerPart tone="unknown">
      <div className={styles.allergyHead}>
        <StatusWord tone="unknown">{t("allergies.notAsked")}</StatusWord>
        {change(t("allergies.askNow"))}
      </div>
    </BannerPart>
  );
}
