import { Checkbox } from "@mantine/core";
import { useSubmit, useZodForm } from "@renderer/lib/form.ts";
import { usePreferences } from "@renderer/lib/preferences.ts";
import { Button, FieldRow, Form, FormActions, SelectField, TextField } from "@renderer/ui/index.ts";
import { Currency, Locale } from "@shared/contract/setup.ts";
import { line } from "@shared/model/text.ts";
import { TimeZone } from "@shared/model/time.ts";
import { useMemo } from "react";
import { Controller } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { countryOptions, currencyOptions, guessPlace, zoneOptions } from "./places.ts";
import styles from "./setup.module.css";

const ClinicForm = z.object({
  name: line(120),
  country: z.string().nullable(),
  timeZone: TimeZone,
  currency: Currency,
  languages: z.array(Locale).min(1).max(2),
});
export type ClinicValues = z.output<typeof ClinicForm>;

interface ClinicStepProps {
  initial: ClinicValues | null;
  onBack(): void;
  onNext(values: ClinicValues): void;
}

/** Step 1: what the clinic is called and where it stands; zone, country and currency begin with this machine's. */
export function ClinicStep({ initial, onBack, onNext }: ClinicStepProps) {
  const { t } = useTranslation(["setup", "shell"]);
  const language = usePreferences((state) => state.language);
  const lists = useMemo(
    () => ({ zones: zoneOptions(), countries: countryOptions(language), currencies: currencyOptions(language) }),
    [language],
  );
  const form = useZodForm(ClinicForm, { defaultValues: initial ?? { name: "", languages: ["en", "ar"], ...guessPlace() } });
  const submit = useSubmit(form, async (values) => onNext(values));
  const search = { searchable: true, nothingFound: t("wizard.nothingFound") };
  return (
    <>
      <h1 className={styles.wizardTitle}>{t("wizard.clinicTitle")}</h1>
      <Form onSubmit={submit} problem={form.formState.errors.root?.message} label={t("wizard.clinicTitle")}>
        <TextField control={form.control} name="name" label={t("wizard.name")} required autoFocus autoComplete="organization" />
        <SelectField control={form.control} name="country" label={t("wizard.country")} options={lists.countries} {...search} />
        <FieldRow>
          <SelectField
            control={form.control}
            name="timeZone"
            label={t("wizard.timeZone")}
            description={t("wizard.zoneHint")}
            options={lists.zones}
            required
            {...search}
          />
          <SelectField
            control={form.control}
            name="currency"
            label={t("wizard.currency")}
            options={lists.currencies}
            required
            {...search}
          />
        </FieldRow>
        <Controller
          control={form.control}
          name="languages"
          render={({ field, fieldState }) => (
            <Checkbox.Group
              label={t("wizard.languages")}
              value={field.value}
              onChange={field.onChange}
              error={fieldState.error && t("field.chooseOne", { ns: "ui" })}
            >
              <span className={styles.checks}>
                <Checkbox value="en" label={t("look.english", { ns: "shell" })} lang="en" />
                <Checkbox value="ar" label={t("look.arabic", { ns: "shell" })} lang="ar" />
              </span>
            </Checkbox.Group>
          )}
        />
        <FormActions>
          <Button type="submit" variant="primary" keys="↵">
            {t("wizard.next")}
          </Button>
          <Button onClick={onBack}>{t("wizard.back")}</Button>
        </FormActions>
      </Form>
    </>
  );
}
