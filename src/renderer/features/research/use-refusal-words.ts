import { useErrorWords } from "@renderer/lib/error-words.ts";
import type { AppError } from "@shared/define.ts";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";

export interface RefusalWords {
  /** What happened, in the screen's language. */
  title: string;
  /** What to do about it, where there is something. */
  advice: string | null;
  /** The gate's or the engine's own reason, in English: it names constructs and places, never data. */
  reason: string | null;
  reference: string | null;
}

/** A failed run in words: what, why, and what to do. */
export function useRefusalWords(): (error: AppError) => RefusalWords {
  const { t } = useTranslation("research");
  const words = useErrorWords();
  return useCallback(
    (error) => {
      const { message, reference } = words(error);
      const { construct, field } = error.data;
      switch (error.code) {
        case "not-read-only":
          return {
            title: t("refusal.writes", { construct: construct ?? "?" }),
            advice: t("refusal.writesAdvice"),
            reason: error.message,
            reference,
          };
        case "unsupported-construct":
          return {
            title: t("refusal.unsupported", { construct: construct ?? "?" }),
            advice: t("refusal.unsupportedAdvice"),
            reason: error.message,
            reference,
          };
        case "syntax":
          return { title: t("refusal.syntax"), advice: null, reason: error.message, reference };
        case "timeout":
          return { title: t("refusal.timeout"), advice: t("refusal.timeoutAdvice"), reason: null, reference };
        case "too-large":
          return { title: t("refusal.tooLarge"), advice: t("refusal.timeoutAdvice"), reason: null, reference };
        case "cancelled":
          return { title: t("refusal.cancelled"), advice: null, reason: null, reference };
        case "invalid-input":
          return { title: message, advice: null, reason: field ? `${field}: ${error.message}` : error.message, reference };
        default:
          return { title: message, advice: null, reason: null, reference };
      }
    },
    [t, words],
  );
}
