import { type RouteOutput, useRouteQuery } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { Part } from "@renderer/lib/parts.tsx";
import { useUser } from "@renderer/lib/session-store.ts";
import { useFormat } from "@renderer/lib/use-format.ts";
import { EmptyState, Loaded, Num, StatusWord } from "@renderer/ui/index.ts";
import { IconChevronDown } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { findingsOf } from "./findings.ts";
import styles from "./portal.module.css";

type Chart = RouteOutput<"patients", "getChart">;

/** The patient's own record: allergies, conditions, and the visits with what was found and advised. */
export function PortalRecord() {
  const { t } = useTranslation("portal");
  const words = useErrorWords();
  const patientId = useUser().externalId ?? "";
  const query = useRouteQuery("patients", "getChart", { patientId, pageSize: 50 }, { enabled: patientId !== "" });
  return (
    <Loaded query={query} words={words}>
      {(chart) => (
        <>
          <Allergies chart={chart} />
          <Conditions chart={chart} />
          <section className={styles.card} aria-label={t("record.files")}>
            <h2 className={styles.cardTitle}>{t("record.files")}</h2>
            <Part name="portal.files" patientId={chart.patient.id} />
          </section>
          <Visits chart={chart} />
        </>
      )}
    </Loaded>
  );
}

function Allergies({ chart }: { chart: Chart }) {
  const { t } = useTranslation("portal");
  const active = chart.allergies.filter((allergy) => allergy.voided === null);
  return (
    <section className={styles.card} data-list="">
      <h2 className={styles.listTitle}>{t("record.allergies")}</h2>
      {active.map((allergy) => (
        <div key={allergy.id} className={styles.visit}>
          <span className={styles.linkWords}>
            <strong>
              <bdi>{allergy.substance}</bdi>
            </strong>
            {allergy.reaction && (
              <span className={styles.small}>
                <bdi>{allergy.reaction}</bdi>
              </span>
            )}
          </span>
          <StatusWord tone={allergy.severity === "severe" ? "stop" : "warn"}>{t(`record.severity.${allergy.severity}`)}</StatusWord>
        </div>
      ))}
      {active.length === 0 && (
        <div className={styles.visit}>
          {chart.patient.allergyStatus === "not-asked" ? (
            <StatusWord tone="unknown">{t("record.notAsked")}</StatusWord>
          ) : (
            <span>{t("record.noneKnown")}</span>
          )}
        </div>
      )}
    </section>
  );
}

function Conditions({ chart }: { chart: Chart }) {
  const { t } = useTranslation("portal");
  const format = useFormat();
  if (chart.conditions.length === 0) return null;
  return (
    <section className={styles.card} data-list="">
      <h2 className={styles.listTitle}>{t("record.conditions")}</h2>
      {chart.conditions.map((condition) => (
        <div key={condition.id} className={styles.visit}>
          <span className={styles.linkWords}>
            <span>
              <bdi>{condition.title}</bdi>
            </span>
            <span className={styles.small}>
              <Num>{condition.code}</Num> {condition.since && format.date(condition.since)}
            </span>
          </span>
        </div>
      ))}
    </section>
  );
}

function Visits({ chart }: { chart: Chart }) {
  const { t } = useTranslation("portal");
  const format = useFormat();
  const visits = chart.encounters.filter((encounter) => encounter.status !== "open");
  return (
    <section className={styles.card} data-list="">
      <h2 className={styles.listTitle}>{t("record.visits")}</h2>
      {visits.length === 0 && <EmptyState title={t("record.noVisits")} />}
      {visits.map((visit) => {
        const plan = chart.notes.filter((note) => note.encounterId === visit.id && note.sections.plan.trim() !== "");
        return (
          <details key={visit.id} className={styles.detail}>
            <summary className={styles.summary}>
              <span className={styles.linkWords}>
                <strong>{format.date(format.dayOf(visit.startedAt))}</strong>
                <span>
                  <bdi>{visit.diagnoses.map((diagnosis) => diagnosis.title).join("; ") || visit.reason || t("record.visit")}</bdi>
                </span>
                <span className={styles.small}>
                  <bdi>{visit.doctorName}</bdi>
                </span>
              </span>
              <IconChevronDown size={20} className={styles.chevron} aria-hidden="true" />
            </summary>
            <ul className={styles.found}>
              {findingsOf(chart.observations.filter((observation) => observation.encounterId === visit.id)).map((finding) => (
                <li key={finding.id}>
                  {finding.kind && <span>{t(`record.kinds.${finding.kind}`, { defaultValue: finding.kind })} </span>}
                  {finding.reading ? <Num>{finding.reading}</Num> : <bdi>{finding.words}</bdi>}
                </li>
              ))}
            </ul>
            {plan.map((note) => (
              <p key={note.id} className={styles.plan}>
                <bdi>{note.sections.plan}</bdi>
              </p>
            ))}
          </details>
        );
      })}
    </section>
  );
}
