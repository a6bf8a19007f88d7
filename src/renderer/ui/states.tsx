import { IconInfoCircle, IconRefresh } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "./button.tsx";
import styles from "./states.module.css";

/** Nothing here yet, and what to do about it. */
export function EmptyState({
  icon,
  title,
  children,
  action,
}: {
  icon?: ReactNode;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className={styles.state}>
      {icon}
      <p className={styles.title}>{title}</p>
      {children && <p className={styles.words}>{children}</p>}
      {action}
    </div>
  );
}

/** A reading failed: what happened in words, the reference, and a retry. */
export function ErrorState({ message, reference, onRetry }: { message: string; reference?: string | null; onRetry?(): void }) {
  const { t } = useTranslation("ui");
  return (
    <div className={styles.state} role="alert">
      <p className={styles.title}>{message}</p>
      {reference && (
        <p className={styles.words}>
          {t("reference")} <bdi dir="ltr">{reference}</bdi>
        </p>
      )}
      {onRetry && (
        <Button icon={<IconRefresh size={16} />} onClick={onRetry}>
          {t("retry")}
        </Button>
      )}
    </div>
  );
}

/** Grey bars in the shape of what is loading; `lines` rows of the list's own height. */
export function Skeleton({ lines = 6, tall = false }: { lines?: number; tall?: boolean }) {
  const { t } = useTranslation("ui");
  return (
    <div className={styles.skeleton} role="status" aria-label={t("loading")} data-tall={tall || undefined}>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} className={styles.bar} data-short={line % 3 === 2 || undefined} />
      ))}
    </div>
  );
}

/** A line of words in the page: `info`, or one of the clinical-free notices. Errors of forms stand here. */
export function Notice({
  tone = "info",
  icon,
  children,
  action,
}: {
  tone?: "info" | "error";
  icon?: ReactNode;
  children: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className={styles.notice} data-tone={tone} role={tone === "error" ? "alert" : "status"}>
      {icon ?? <IconInfoCircle size={16} aria-hidden="true" />}
      <span className={styles.noticeWords}>{children}</span>
      {action}
    </div>
  );
}

interface Reading<T> {
  data: T | undefined;
  error: unknown;
  isPending: boolean;
  refetch(): unknown;
}

interface LoadedProps<T> {
  query: Reading<T>;
  /** Words of the error: `useErrorWords()` of lib. */
  words(error: unknown): { message: string; reference: string | null };
  skeleton?: ReactNode;
  children(data: T): ReactNode;
}

/** The three states of every reading in one piece: skeleton, error with retry, and the thing itself. */
export function Loaded<T>({ query, words, skeleton = <Skeleton />, children }: LoadedProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <ErrorState {...words(query.error)} onRetry={() => void query.refetch()} />;
  return skeleton;
}
