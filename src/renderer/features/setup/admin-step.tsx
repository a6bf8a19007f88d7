import { useSubmit, useZodForm } from "@renderer/lib/form.ts";
import { Button, Form, FormActions, PasswordField, TextField } from "@renderer/ui/index.ts";
import { NewPassword, Username } from "@shared/contract/session.ts";
import { line } from "@shared/model/text.ts";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import styles from "./setup.module.css";

const Admin = z.object({ displayName: line(120), username: Username, password: NewPassword });
export type AdminValues = z.output<typeof Admin>;

/** Step 2: the first administrator. Submitting it creates the clinic. */
export function AdminStep({ onBack, onCreate }: { onBack(): void; onCreate(values: AdminValues): Promise<void> }) {
  const { t } = useTranslation("setup");
  const form = useZodForm(Admin, { defaultValues: { displayName: "", username: "", password: "" } });
  const submit = useSubmit(form, onCreate);
  return (
    <>
      <div>
        <h1 className={styles.wizardTitle}>{t("wizard.adminTitle")}</h1>
        <p className={styles.muted}>{t("wizard.adminWords")}</p>
      </div>
      <Form onSubmit={submit} problem={form.formState.errors.root?.message} label={t("wizard.adminTitle")}>
        <TextField control={form.control} name="displayName" label={t("wizard.displayName")} required autoFocus autoComplete="name" />
        <TextField control={form.control} name="username" label={t("wizard.username")} required ltr autoComplete="username" />
        <PasswordField
          control={form.control}
          name="password"
          label={t("wizard.password")}
          description={t("wizard.passwordHint")}
          visibilityLabel={t("wizard.showPassword")}
          autoComplete="new-password"
          required
        />
        <FormActions>
          <Button type="submit" variant="primary" keys="↵" busy={form.formState.isSubmitting}>
            {t("wizard.createClinic")}
          </Button>
          <Button onClick={onBack} disabled={form.formState.isSubmitting}>
            {t("wizard.back")}
          </Button>
        </FormActions>
      </Form>
    </>
  );
}
