import type { RouteOutput } from "@renderer/lib/api.ts";
import { Notice, Num } from "@renderer/ui/index.ts";
import { IconCheck, IconCircleDashed, IconMinus, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import styles from "./stores.module.css";

type Report = RouteOutput<"system", "testConnection">;
type Step = Report["steps"][number];

const ICONS = { ok: IconCheck, failed: IconX, "not-tried": IconCircleDashed, "not-used": IconMinus } as const;

function StepLine({ step }: { step: Step }) {
  const { t } = useTranslation("system");
  const Icon = ICONS[step.state];
  return (
    <li className={styles.step} data-state={step.state}>
      <Icon size={16} aria-hidden="true" />
      <span className={styles.stepName}>{t(`stores.steps.${step.step}`)}</span>
      <span className={styles.stepState}>{t(`stores.stepStates.${step.state}`)}</span>
      <span className={styles.stepDetail}>
        {step.state === "failed" && <span className={styles.stepCause}>{t(`stores.cause.${step.step}`, { ns: "shell" })}</span>}
        {step.detail !== "" && <Num>{step.detail}</Num>}
      </span>
    </li>
  );
}

/** What was found when the server was tried, step by step: what is wrong in the reader's words, and the details for IT, in English. */
export function ConnectionReport({ report }: { report: Report }) {
  const { t } = useTranslation("system");
  return (
    <div className={styles.report} data-testid="connection-report" data-ok={report.ok || undefined}>
      <Notice
        tone={report.ok ? "info" : "error"}
        icon={report.ok ? <IconCheck size={16} aria-hidden="true" /> : <IconX size={16} aria-hidden="true" />}
      >
        {t(report.ok ? "stores.testOk" : "stores.testFailed")}{" "}
        {report.server && <Num>{`${report.server.name} ${report.server.version}`}</Num>}
      </Notice>
      <ol className={styles.steps} aria-label={t("stores.stepsLabel")}>
        {report.steps.map((step) => (
          <StepLine key={step.step} step={step} />
        ))}
      </ol>
    </div>
  );
}
