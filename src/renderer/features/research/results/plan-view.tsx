import { callRoute, toAppError } from "@renderer/lib/api.ts";
import { ErrorState, Num, Skeleton } from "@renderer/ui/index.ts";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Cell, PlanStep } from "../types.ts";
import { useRefusalWords } from "../use-refusal-words.ts";
import styles from "./results.module.css";

/** How the engine would go about the statement, without running it: each step stands above those that feed it. */
export function PlanView({ cypher, parameters }: { cypher: string; parameters: Record<string, Cell> }) {
  const { t } = useTranslation("research");
  const wordsOf = useRefusalWords();
  const query = useQuery({
    queryKey: ["research", "explain", cypher, parameters],
    queryFn: ({ signal }) => callRoute("research", "explain", { cypher, parameters }, signal),
    enabled: cypher.trim() !== "",
    staleTime: 60_000,
    retry: false,
  });
  if (query.error) {
    const { title, reason, reference } = wordsOf(toAppError(query.error));
    return (
      <ErrorState
        message={reason ? `${title} (\u2068${reason}\u2069)` : title}
        reference={reference}
        onRetry={() => void query.refetch()}
      />
    );
  }
  if (!query.data) return <Skeleton lines={6} />;
  return (
    <div className={styles.plan} role="region" aria-label={t("views.plan")}>
      <p className={styles.note}>{t("plan.about")}</p>
      <ul className={styles.steps} dir="ltr">
        <Step step={query.data.plan} />
      </ul>
      <details className={styles.planText}>
        <summary>{t("plan.text")}</summary>
        <pre className={styles.pre} dir="ltr">
          {query.data.text}
        </pre>
      </details>
    </div>
  );
}

function Step({ step }: { step: PlanStep }) {
  return (
    <li className={styles.step}>
      <span className={styles.operator}>
        <Num className={styles.code}>{step.operator}</Num>
      </span>
      {step.details && <Num className={styles.details}>{step.details}</Num>}
      {step.children.length > 0 && (
        <ul className={styles.steps}>
          {step.children.map((child, index) => (
            <Step key={`${index}${child.operator}`} step={child} />
          ))}
        </ul>
      )}
    </li>
  );
}
