import { type RouteOutput, useRouteCommand, useRouteQuery } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useSubmit, useZodForm } from "@renderer/lib/form.ts";
import { useUnsavedGuard } from "@renderer/lib/unsaved.ts";
import { Button, CheckboxField, Form, FormActions, Loaded, NumberField, toast } from "@renderer/ui/index.ts";
import { FILE_BYTES_CEILING, FILE_TYPES } from "@shared/model/file-types.ts";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import styles from "./files.module.css";

const MEGABYTE = 1_000_000;
const MAX_MEGABYTES = Math.floor(FILE_BYTES_CEILING / MEGABYTE);

const Limits = z.object({
  megabytes: z.int().min(1).max(MAX_MEGABYTES),
  purgeAfterDays: z.int().min(1).max(36_500),
  types: z.array(z.boolean()).refine((chosen) => chosen.some(Boolean)),
});

/** What may be uploaded, and for how long the bytes of a voided file are kept. */
export function Part() {
  const { t } = useTranslation("files");
  const words = useErrorWords();
  const query = useRouteQuery("files", "getLimits", {});
  return (
    <section className={styles.stack} aria-label={t("limits.title")}>
      <Loaded query={query} words={words}>
        {(limits) => <LimitsForm key={JSON.stringify(limits)} limits={limits} />}
      </Loaded>
    </section>
  );
}

function LimitsForm({ limits }: { limits: RouteOutput<"files", "getLimits"> }) {
  const { t } = useTranslation("files");
  const save = useRouteCommand("files", "setLimits");
  const form = useZodForm(Limits, {
    defaultValues: {
      megabytes: Math.round(limits.maxBytes / MEGABYTE),
      purgeAfterDays: limits.purgeAfterDays,
      types: FILE_TYPES.map((type) => limits.types.includes(type)),
    },
  });
  const submit = useSubmit(form, async ({ megabytes, purgeAfterDays, types }) => {
    await save.mutateAsync({ maxBytes: megabytes * MEGABYTE, purgeAfterDays, types: FILE_TYPES.filter((_, at) => types[at]) });
    toast(t("limits.saved"));
  });
  const { isDirty, errors } = form.formState;
  useUnsavedGuard(isDirty && !form.formState.isSubmitSuccessful, t("limits.title"));
  return (
    <Form onSubmit={submit} problem={errors.types ? t("limits.needsType") : errors.root?.message} label={t("limits.title")}>
      <NumberField control={form.control} name="megabytes" label={t("limits.size")} min={1} max={MAX_MEGABYTES} required />
      <fieldset className={styles.stack}>
        <legend>{t("limits.types")}</legend>
        {FILE_TYPES.map((type, at) => (
          <CheckboxField
            key={type}
            control={form.control}
            name={`types.${at}`}
            label={t(`types.${type.replace("/", "-") as "image-png"}`)}
          />
        ))}
      </fieldset>
      <NumberField
        control={form.control}
        name="purgeAfterDays"
        label={t("limits.purge")}
        description={t("limits.purgeHint")}
        min={1}
        max={36_500}
        required
      />
      <FormActions>
        <Button type="submit" variant="primary" busy={save.isPending} disabled={!isDirty}>
          {t(isDirty ? "limits.save" : "limits.unchanged")}
        </Button>
      </FormActions>
    </Form>
  );
}
