import type { RouteOutput } from "@renderer/lib/api.ts";
import { useRouteCommand, useRouteQuery } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useSubmit, useZodForm } from "@renderer/lib/form.ts";
import { useUnsavedGuard } from "@renderer/lib/unsaved.ts";
import { Button, CheckboxField, FieldRow, Form, FormActions, Loaded, SelectField, TextField, toast } from "@renderer/ui/index.ts";
import { Currency } from "@shared/contract/setup.ts";
import { line } from "@shared/model/text.ts";
import { TimeZone } from "@shared/model/time.ts";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import styles from "./clinic.module.css";

const Settings = z.object({
  name: line(120),
  country: line(80).nullable(),
  phone: line(40).nullable(),
  address: line(300).nullable(),
  timeZone: TimeZone,
  currency: Currency,
  english: z.boolean(),
  arabic: z.boolean(),
});

type Clinic = RouteOutput<"clinic", "getClinic">;

/** The clinic's name, place, zone, currency and languages. */
export function ClinicSettings() {
  const query = useRouteQuery("clinic", "getClinic", {});
  const words = useErrorWords();
  return (
    <div className={styles.narrow}>
      <Loaded query={query} words={words}>
        {(clinic) => <SettingsForm key={clinic.version} clinic={clinic} />}
      </Loaded>
    </div>
  );
}

function SettingsForm({ clinic }: { clinic: Clinic }) {
  const { t } = useTranslation("clinic");
  const update = useRouteCommand("clinic", "updateClinic");
  const form = useZodForm(Settings, {
    defaultValues: {
      name: clinic.name,
      country: clinic.country,
      phone: clinic.phone,
      address: clinic.address,
      timeZone: clinic.timeZone,
      currency: clinic.currency,
      english: clinic.languages.includes("en"),
      arabic: clinic.languages.includes("ar"),
    },
  });
  const submit = useSubmit(form, async ({ english, arabic, ...values }) => {
    const languages: ("en" | "ar")[] = [...(english ? (["en"] as const) : []), ...(arabic ? (["ar"] as const) : [])];
    await update.mutateAsync({ ...values, languages: languages.length > 0 ? languages : ["en"], version: clinic.version });
    toast(t("settings.saved"));
  });
  useUnsavedGuard(form.formState.isDirty && !form.formState.isSubmitSuccessful, t("settings.title"));
  const zones = Intl.supportedValuesOf("timeZone").map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") }));
  const { control } = form;
  return (
    <Form onSubmit={submit} problem={form.formState.errors.root?.message} label={t("settings.title")}>
      <TextField control={control} name="name" label={t("settings.name")} required />
      <FieldRow>
        <TextField control={control} name="country" label={t("settings.country")} nullable />
        <TextField control={control} name="phone" label={t("settings.phone")} nullable ltr />
      </FieldRow>
      <TextField control={control} name="address" label={t("settings.address")} nullable />
      <FieldRow>
        <SelectField
          control={control}
          name="timeZone"
          label={t("settings.timeZone")}
          description={t("settings.timeZoneHint")}
          options={zones}
          searchable
          required
        />
        <TextField control={control} name="currency" label={t("settings.currency")} description={t("settings.currencyHint")} ltr required />
      </FieldRow>
      <FieldRow>
        <CheckboxField control={control} name="english" label={t("settings.english")} />
        <CheckboxField control={control} name="arabic" label={t("settings.arabic")} />
      </FieldRow>
      <FormActions>
        <Button type="submit" variant="primary" busy={update.isPending} disabled={!form.formState.isDirty}>
          {form.formState.isDirty ? t("settings.save") : t("settings.unchanged")}
        </Button>
      </FormActions>
    </Form>
  );
}
