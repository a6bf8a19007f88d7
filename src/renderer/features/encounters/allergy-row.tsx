import { useRouteCommand } from "@renderer/lib/api.ts";
import { useSubmit, useZodForm } from "@renderer/lib/form.ts";
import { useFormat } from "@renderer/lib/use-format.ts";
import { Button, Form, FormActions, TextField } from "@renderer/ui/index.ts";
import { Reason } from "@shared/model/text.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import styles from "./note.module.css";
import type { Allergy } from "./types.ts";

const Voiding = z.object({ reason: Reason });

/** One recording, and how to void it; a voided one stays with who, when and why. */
export function AllergyRow({ patientId, allergy }: { patientId: string; allergy: Allergy }) {
  const { t } = useTranslation("encounters");
  const format = useFormat();
  const [voiding, setVoiding] = useState(false);
  const { voided } = allergy;
  return (
    <li className={styles.allergy} data-voided={voided !== null || undefined}>
      <div className={styles.allergyHead}>
        <bdi className={styles.substance}>{allergy.substance}</bdi>
        <span>{t(`allergies.severity.${allergy.severity}`)}</span>
        {!voided && !voiding && (
          <Button variant="quiet" onClick={() => setVoiding(true)}>
            {t("allergies.void")}
          </Button>
        )}
      </div>
      {allergy.reaction && <bdi>{allergy.reaction}</bdi>}
      <p className={styles.small}>
        {t("allergies.recordedOn")} <bdi>{format.date(format.dayOf(allergy.recordedAt))}</bdi>
      </p>
      {voided && (
        <p className={styles.small}>
          {t("allergies.voided")} <bdi>{format.date(format.dayOf(voided.at))}</bdi> · <bdi>{voided.by}</bdi> · <bdi>{voided.reason}</bdi>
        </p>
      )}
      {voiding && !voided && <VoidForm patientId={patientId} allergyId={allergy.id} onClose={() => setVoiding(false)} />}
    </li>
  );
}

function VoidForm({ patientId, allergyId, onClose }: { patientId: string; allergyId: string; onClose(): void }) {
  const { t } = useTranslation("encounters");
  const voidIt = useRouteCommand("patients", "voidAllergy");
  const form = useZodForm(Voiding, { defaultValues: { reason: "" } });
  const submit = useSubmit(form, async ({ reason }) => {
    await voidIt.mutateAsync({ patientId, allergyId, reason });
    onClose();
  });
  return (
    <Form onSubmit={submit} problem={form.formState.errors.root?.message} label={t("allergies.void")}>
      <TextField control={form.control} name="reason" label={t("allergies.voidReason")} required autoFocus />
      <FormActions>
        <Button type="submit" variant="danger" busy={voidIt.isPending}>
          {t("allergies.void")}
        </Button>
        <Button onClick={onClose}>{t("cancel")}</Button>
      </FormActions>
    </Form>
  );
}
