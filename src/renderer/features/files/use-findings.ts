import { useRouteQuery } from "@renderer/lib/api.ts";
import { useFormat } from "@renderer/lib/use-format.ts";
import { useTranslation } from "react-i18next";

/** A finding that a file can be linked to, as one line of words. */
export interface Finding {
  id: string;
  words: string;
}

/** The findings of a visit, as the choice of what a file belongs to. */
export function useFindings(encounterId: string | undefined): readonly Finding[] {
  const { t } = useTranslation(["files", "portal"]);
  const format = useFormat();
  const visit = useRouteQuery(
    "encounters",
    "getEncounter",
    { encounterId: encounterId ?? "" },
    { enabled: encounterId !== undefined },
  ).data;
  if (!visit) return [];
  const { diagnoses } = visit;
  return visit.observations.map(({ id, kind, text, value, unit, recordedAt }) => {
    const named = diagnoses.filter(({ observationId }) => observationId === id).map(({ title }) => title);
    const measure = t(`record.kinds.${kind as "8310-5"}`, { ns: "portal", defaultValue: kind });
    const reading = value === null ? "" : `${measure} ${format.number(value)} ${unit ?? ""}`.trim();
    const words = [text ?? "", reading, ...named].filter((part) => part !== "").join(" · ") || t("link.visit");
    return { id, words: `${words} (${format.time(recordedAt)})` };
  });
}
