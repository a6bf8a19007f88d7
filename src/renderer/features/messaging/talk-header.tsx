import type { RouteOutput } from "@renderer/lib/api.ts";
import { useGo } from "@renderer/lib/navigation.ts";
import { useFormat, useNow, useToday } from "@renderer/lib/use-format.ts";
import { Banner, BannerPart, Button, Num, StatusWord } from "@renderer/ui/index.ts";
import { IconAlertCircle, IconCalendarEvent } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ContactPhoto } from "./contact-photo.tsx";
import styles from "./messages.module.css";
import type { Contact } from "./types.ts";
import { visitsOf } from "./visits.ts";

export type Chart = RouteOutput<"patients", "getChart">;

/** With whom one speaks, where no chart stands behind it: name, roles, picture. */
export function PersonBanner({ contact, start, end }: { contact: Contact; start?: ReactNode; end?: ReactNode }) {
  const { t } = useTranslation(["messaging", "shell"]);
  return (
    <Banner label={t("banner")}>
      <BannerPart>
        <div className={styles.person}>
          {start}
          <ContactPhoto contact={contact} />
          <div className={styles.personWords}>
            <h2 className={styles.name}>
              <bdi>{contact.displayName}</bdi>
            </h2>
            <p className={styles.identity}>{contact.roles.map((role) => t(`roles.${role}`, { ns: "shell" })).join(t("comma"))}</p>
          </div>
          {end}
        </div>
      </BannerPart>
    </Banner>
  );
}

/** The patient behind the conversation: who, what they must not get, the last and the next visit. It never scrolls. */
export function PatientBanner({ contact, chart, wide }: { contact: Contact; chart: Chart; wide: boolean }) {
  const { t } = useTranslation(["messaging", "encounters"]);
  const format = useFormat();
  const today = useToday();
  const { patient, conditions } = chart;
  return (
    <Banner label={t("banner")}>
      <BannerPart>
        <div className={styles.person}>
          <ContactPhoto contact={contact} />
          <div className={styles.personWords}>
            <h2 className={styles.name}>
              <bdi>
                {patient.givenName} {patient.familyName}
              </bdi>
            </h2>
            <p className={styles.identity}>
              <span>
                {format.age(patient.birthDate, today)}
                {t("comma")}
                {t(`sex.${patient.sex}`, { ns: "encounters" })}
              </span>
              <span>
                {t("banner.born", { ns: "encounters" })} <Num>{format.dateNumeric(patient.birthDate)}</Num>
              </span>
            </p>
            <p className={styles.identity}>
              <Num>{patient.id}</Num>
              <bdi className={styles.conditions}>{conditions.map(({ title }) => title).join(t("comma"))}</bdi>
            </p>
          </div>
        </div>
      </BannerPart>
      <AllergyPart chart={chart} />
      {wide && <VisitsPart chart={chart} />}
    </Banner>
  );
}

function AllergyPart({ chart }: { chart: Chart }) {
  const { t } = useTranslation(["messaging", "encounters"]);
  const go = useGo();
  const active = chart.allergies.filter(({ voided }) => voided === null);
  const change = (words: string) => (
    <Button variant="quiet" className={styles.flat} onClick={() => go("/today", { patient: chart.patient.id, panel: "allergies" })}>
      {words}
    </Button>
  );
  if (active.length > 0) {
    return (
      <BannerPart tone="stop">
        <StatusWord tone="stop" icon={<IconAlertCircle size={16} aria-hidden="true" />}>
          {t("allergies.recorded", { ns: "encounters", count: active.length })}
        </StatusWord>
        <p className={styles.allergies}>
          {active.map((allergy) => (
            <span key={allergy.id}>
              <bdi className={styles.substance}>{allergy.substance}</bdi>
              {t("comma")}
              {t(`allergies.severity.${allergy.severity}`, { ns: "encounters" })}
            </span>
          ))}
        </p>
      </BannerPart>
    );
  }
  if (chart.patient.allergyStatus === "none-known") {
    return (
      <BannerPart>
        <p>{t("allergies.noneKnown", { ns: "encounters" })}</p>
        {change(t("allergies.change", { ns: "encounters" }))}
      </BannerPart>
    );
  }
  return (
    <BannerPart tone="unknown">
      <StatusWord tone="unknown">{t("allergies.notAsked", { ns: "encounters" })}</StatusWord>
      <p>{change(t("recordAllergies"))}</p>
    </BannerPart>
  );
}

/** The last and the next visit, in the banner's part above the panel. */
function VisitsPart({ chart }: { chart: Chart }) {
  const { t } = useTranslation("messaging");
  return (
    <div className={styles.visitsPart}>
      <h3 className={styles.smallHead}>
        <IconCalendarEvent size={16} aria-hidden="true" />
        {t("panel.visits")}
      </h3>
      <VisitLines chart={chart} />
    </div>
  );
}

/** The last and the next visit in one line each; what there is not, in words. */
export function VisitLines({ chart }: { chart: Chart }) {
  const { t } = useTranslation(["messaging", "encounters"]);
  const format = useFormat();
  const today = useToday();
  const now = useNow(60_000);
  const { last, next } = visitsOf(chart, now.toISOString());
  const day = (instant: string) =>
    format.dayOf(instant) === today ? t("panel.todayAt", { time: format.time(instant) }) : format.date(format.dayOf(instant));
  return (
    <>
      <p className={styles.visitLine}>
        {last ? (
          <>
            {day(last.startedAt)}
            {t("comma")}
            <bdi>{last.diagnoses[0]?.title ?? last.reason ?? t("chart.types.visit", { ns: "encounters" })}</bdi>
          </>
        ) : (
          t("panel.noLast")
        )}
      </p>
      <p className={styles.visitLine}>
        {next ? (
          <>
            {day(next.startsAt)}
            {format.dayOf(next.startsAt) !== today && (
              <>
                {t("comma")}
                <Num>{format.time(next.startsAt)}</Num>
              </>
            )}
            {next.reason && (
              <>
                {t("comma")}
                <bdi>{next.reason}</bdi>
              </>
            )}
          </>
        ) : (
          t("panel.noNext")
        )}
      </p>
    </>
  );
}
