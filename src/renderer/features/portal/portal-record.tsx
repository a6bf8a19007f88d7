import { type RouteOutput, useRouteQuery } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useUser } from "@renderer/lib/session-store.ts";
import { useFormat } from "@renderer/lib/use-format.ts";
import { EmptyState, Loaded, Num, StatusWord } from "@renderer/ui/index.ts";
import { useTranslation } from "react-i18next";
import styles from "./portal.module.css";

type Chart = RouteOutput<"patients", "getChart">;

/** The patient's own record: allergies, conditions, and the visits with what was found and advised. */
export function PortalRecord() {
  const words = useErrorWords();
  const patientId = useUser().externalId ?? "";
  const query = useRouteQuery("patients", "getChart", { patientId, pageSize: 50 }, { enabled: patientId !== "" });
  return (
    <Loaded query={query} words={words}>
      {(chart) => (
        <>
          <Allergies chart={chart} />
          <Conditions chart={chart} />
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
            <strong>{allergy.substance}</strong>
            {allergy.reaction && <span className={styles.small}>{allergy.reaction}</span>}
          </span>
          <StatusWord tone={allergy.severity === "mild" ? "warn" : "stop"}>{t(`record.severity.${allergy.severity}`)}</StatusWord>
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
            <span>{condition.title}</span>
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
            <summary className={styles.summary} aria-label={`${t("record.visit")} ${format.date(format.dayOf(visit.startedAt))}`}>
              <span className={styles.linkWords}>
                <strong>{format.date(format.dayOf(visit.startedAt))}</strong>
                <span>{visit.diagnoses.map((diagnosis) => diagnosis.title).join("; ") || visit.reason || t("record.visit")}</span>
                <span className={styles.small}>
                  <bdi>{visit.doctorName}</bdi>
                </span>
              </span>
            </summary>
            <ul className={styles.found}>
              {chart.observations
                .filter((observation) => observation.encounterId === visit.id && observation.value !== null)
                .map((observation) => (
                  <li key={observation.id}>
                    <span>{t(`record.kinds.${observation.kind}`, { defaultValue: observation.kind })}</span>{" "}
                    <Num>{`${observation.value} ${observation.unit ?? ""}`}</Num>
                  </li>
                ))}
            </ul>
            {plan.map((note) => (
              <p key={note.id} className={styles.plan} dir="auto">
                {note.sections.plan}
              </p>
            ))}
          </details>
        );
      })}
    </section>
  );
}
