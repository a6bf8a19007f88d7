import { queryClient, useRouteCommand } from "@renderer/lib/api.ts";
import { useClinic } from "@renderer/lib/clinic-store.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useSession } from "@renderer/lib/session-store.ts";
import { Button, ConfirmDialog, Section } from "@renderer/ui/index.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./system.module.css";

/** While the sample clinic is loaded: remove it, and begin with a clinic of one's own. */
export function SamplePart() {
  const { t } = useTranslation("system");
  const words = useErrorWords();
  const sample = useClinic((state) => state.sample);
  const name = useClinic((state) => state.name);
  const [asking, ask] = useState(false);
  const remove = useRouteCommand("setup", "removeSampleClinic", {
    onSuccess: () => {
      useSession.getState().end("signed-out");
      queryClient.clear();
    },
  });
  if (!sample) return null;
  return (
    <Section title={t("sample")}>
      <p>{t("sampleWords")}</p>
      <div className={styles.act}>
        <Button variant="danger" onClick={() => ask(true)}>
          {t("removeSample")}
        </Button>
      </div>
      {asking && (
        <ConfirmDialog
          title={t("removeTitle", { name })}
          confirm={t("removeSample")}
          danger
          busy={remove.isPending}
          onConfirm={() => remove.mutate({})}
          onClose={() => ask(false)}
        >
          {remove.error ? words(remove.error).message : t("removeWords")}
        </ConfirmDialog>
      )}
    </Section>
  );
}
