import type { RouteOutput } from "@renderer/lib/api.ts";
import { useFormat } from "@renderer/lib/use-format.ts";
import { StatusWord } from "@renderer/ui/index.ts";
import { IconShieldCheck, IconShieldX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

/** What the proof of the trail found, in words. */
export function VerifyResult({ verdict }: { verdict: RouteOutput<"reports", "verifyAudit"> }) {
  const { t } = useTranslation("reports");
  const format = useFormat();
  if (verdict.ok) {
    return (
      <StatusWord icon={<IconShieldCheck size={16} aria-hidden="true" />}>
        {t("whole", { count: verdict.checked, shown: format.number(verdict.checked) })}
      </StatusWord>
    );
  }
  return (
    <StatusWord tone="strong" icon={<IconShieldX size={16} aria-hidden="true" />}>
      {verdict.firstBad === undefined ? t("broken") : t("brokenAt", { number: format.number(verdict.firstBad) })}
    </StatusWord>
  );
}
