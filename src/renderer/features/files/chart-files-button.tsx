import { useRouteQuery } from "@renderer/lib/api.ts";
import type { PartProps } from "@renderer/lib/parts.tsx";
import { Button, Num } from "@renderer/ui/index.ts";
import { IconFiles } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useTransfers } from "./store.ts";

/** Opens the patient's files; says how many there are, and when some are on their way. */
export function Part({ patientId, pressed, onPress }: PartProps["chart.filesButton"]) {
  const { t } = useTranslation("files");
  const count = useRouteQuery("files", "listFiles", { patientId, includeVoided: false }).data?.items.length;
  const sending = useTransfers((state) => state.transfers.filter((transfer) => transfer.patientId === patientId).length);
  const words = !count ? t("title") : t("button", { count });
  return (
    <Button icon={<IconFiles size={16} aria-hidden="true" />} aria-pressed={pressed} onClick={onPress}>
      {/* Room is scarce beside the timeline's title: the number is shown, the words are said. */}
      <span className="visually-hidden">{sending > 0 ? t("buttonSending", { count: sending }) : words}</span>
      <span aria-hidden="true">{sending > 0 ? "…" : <Num>{String(count ?? "")}</Num>}</span>
    </Button>
  );
}
