import { useRouteCommand } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useFormat } from "@renderer/lib/use-format.ts";
import { Button, Notice, Num, Section } from "@renderer/ui/index.ts";
import { IconMailForward } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import styles from "./patients.module.css";

/** The code with which the patient makes their own account: shown once, to be handed over. */
export function InvitationPart({ patientId }: { patientId: string }) {
  const { t } = useTranslation("patients");
  const words = useErrorWords();
  const format = useFormat();
  const issue = useRouteCommand("patients", "issueInvitation");
  return (
    <Section title={t("invitation.title")}>
      <p>{t("invitation.words")}</p>
      {issue.error && <Notice tone="error">{words(issue.error).message}</Notice>}
      {issue.data && (
        <Notice>
          {t("invitation.code")} <Num className={styles.code}>{issue.data.code}</Num>{" "}
          {t("invitation.until", { time: format.dateTime(issue.data.expiresAt) })}
        </Notice>
      )}
      <div className={styles.actions}>
        <Button
          icon={<IconMailForward size={16} className="flip" aria-hidden="true" />}
          busy={issue.isPending}
          onClick={() => issue.mutate({ patientId })}
        >
          {issue.data ? t("invitation.again") : t("invitation.act")}
        </Button>
      </div>
    </Section>
  );
}
