import { callRoute } from "@renderer/lib/api.ts";
import { useGo } from "@renderer/lib/navigation.ts";
import { useUser } from "@renderer/lib/session-store.ts";
import { toast } from "@renderer/ui/index.ts";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";

export interface Subject {
  kind: string;
  subjectId: string;
}

/** Leads to what a notification is about: the conversation, or the chart with the file. */
export function useOpenSubject(): (subject: Subject) => Promise<void> {
  const { t } = useTranslation();
  const go = useGo();
  const isPatient = !useUser().roles.some((role) => role !== "patient");
  return useCallback(
    async ({ kind, subjectId }) => {
      if (kind === "message") return isPatient ? go("/portal", { tab: "messages", c: subjectId }) : go("/messages", { c: subjectId });
      if (isPatient) return go("/portal", { tab: "record" });
      try {
        const { file } = await callRoute("files", "getFile", { fileId: subjectId });
        go("/today", { patient: file.patientId, panel: "files" });
      } catch {
        toast(t("bell.gone"));
      }
    },
    [go, isPatient, t],
  );
}
