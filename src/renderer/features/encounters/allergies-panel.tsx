import { useRouteCommand } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useSubmit, useZodForm } from "@renderer/lib/form.ts";
import { useUnsavedGuard } from "@renderer/lib/unsaved.ts";
import { Button, Form, FormActions, Notice, Panel, Section, SelectField, TextField } from "@renderer/ui/index.ts";
import { Severity } from "@shared/contract/patients.ts";
import { line } from "@shared/model/text.ts";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { AllergyRow } from "./allergy-row.tsx";
import styles from "./note.module.css";
import type { Chart } from "./types.ts";

const NewAllergy = z.object({ substance: line(120), severity: Severity, reaction: line(200).nullable() });

/** What the patient must not get: recorded, found to be none, or voided as an error. Nothing disappears. */
export function AllergiesPanel({ chart, onClose }: { chart: Chart; onClose(): void }) {
  const { t } = useTranslation("encounters");
  const words = useErrorWords();
  const { patient, allergies } = chart;
  const active = allergies.filter(({ voided }) => voided === null);
  const voided = allergies.filter((allergy) => allergy.voided !== null);
  const none = useRouteCommand("patients", "recordAllergy");
  return (
    <Panel title={t("allergies.title")} onClose={onClose}>
      <Section>
        {active.length === 0 && (
          <div className={styles.stack}>
            <p>{t(patient.allergyStatus === "none-known" ? "allergies.noneKnown" : "allergies.notAskedWords")}</p>
            {none.error && <Notice tone="error">{words(none.error).message}</Notice>}
            {patient.allergyStatus !== "none-known" && (
              <Button busy={none.isPending} onClick={() => none.mutate({ patientId: patient.id, noneKnown: true })}>
                {t("allergies.recordNone")}
              </Button>
            )}
          </div>
        )}
        <ul className={styles.stack}>
          {active.map((allergy) => (
            <AllergyRow key={allergy.id} patientId={patient.id} allergy={allergy} />
          ))}
        </ul>
      </Section>
      <Section title={t("allergies.add")}>
        <AddAllergy patientId={patient.id} />
      </Section>
      {voided.length > 0 && (
        <Section title={t("allergies.voidedTitle")}>
          <ul className={styles.stack}>
            {voided.map((allergy) => (
              <AllergyRow key={allergy.id} patientId={patient.id} allergy={allergy} />
            ))}
          </ul>
        </Section>
      )}
    </Panel>
  );
}

function AddAllergy({ patientId }: { patientId: string }) {
  const { t } = useTranslation("encounters");
  const record = useRouteCommand("patients", "recordAllergy");
  const form = useZodForm(NewAllergy, { defaultValues: { substance: "", severity: undefined, reaction: null } });
  const submit = useSubmit(form, async (values) => {
    await record.mutateAsync({ patientId, ...values });
    form.reset();
  });
  useUnsavedGuard(form.formState.isDirty, t("allergies.add"));
  return (
    <Form onSubmit={submit} problem={form.formState.errors.root?.message} label={t("allergies.add")}>
      <TextField control={form.control} name="substance" label={t("allergies.substance")} required autoFocus />
      <SelectField
        control={form.control}
        name="severity"
        label={t("allergies.howSevere")}
        options={Severity.options.map((value) => ({ value, label: t(`allergies.severity.${value}`) }))}
        required
      />
      <TextField control={form.control} name="reaction" label={t("allergies.reaction")} nullable />
      <FormActions>
        <Button type="submit" variant="primary" busy={record.isPending}>
          {t("allergies.record")}
        </Button>
      </FormActions>
    </Form>
  );
}
