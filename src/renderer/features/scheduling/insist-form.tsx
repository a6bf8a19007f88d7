import { TextInput } from "@mantine/core";
import { Button } from "@renderer/ui/index.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./desk.module.css";

interface InsistFormProps {
  possible: boolean;
  busy: boolean;
  onInsist(reason: string): void;
  onForget(): void;
}

/** Overrule a refusal on purpose: the reason is asked for, and the audit trail keeps it. */
export function InsistForm({ possible, busy, onInsist, onForget }: InsistFormProps) {
  const { t } = useTranslation("scheduling");
  const [reason, setReason] = useState("");
  const enough = reason.trim().length >= 3;
  return (
    <form
      className={styles.insist}
      onSubmit={(event) => {
        event.preventDefault();
        if (possible && enough) onInsist(reason.trim());
      }}
    >
      {possible && (
        <>
          <TextInput
            label={t("override.reason")}
            maxLength={500}
            autoFocus
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Button type="submit" disabled={!enough} busy={busy}>
            {enough ? t("override.act") : t("override.needsReason")}
          </Button>
        </>
      )}
      <Button onClick={onForget}>{t("override.leave")}</Button>
    </form>
  );
}
