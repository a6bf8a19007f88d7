import type { AppError } from "@shared/define.ts";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { toAppError } from "./api.ts";

export interface ErrorWords {
  /** What happened and what to do, in the screen's language. */
  message: string;
  /** The reference to give to whoever looks after the system; null where none helps. */
  reference: string | null;
}

/** Turns any failure into words: the code decides, never the server's message. */
export function useErrorWords(): (error: unknown) => ErrorWords {
  const { t } = useTranslation("errors");
  return useCallback(
    (error) => {
      const failure: AppError = toAppError(error);
      const seconds = Math.ceil((failure.data.retryAfterMs ?? 0) / 1000);
      const message = failure.code === "rate-limited" && seconds > 0 ? t("retry-in", { count: seconds }) : t(failure.code);
      return { message, reference: failure.code === "internal" ? (failure.data.requestId ?? null) : null };
    },
    [t],
  );
}
