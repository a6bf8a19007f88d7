import { useRouteCommand } from "@renderer/lib/api.ts";
import { useSubmit, useZodForm } from "@renderer/lib/form.ts";
import { usePreferences } from "@renderer/lib/preferences.ts";
import { useUnsavedGuard } from "@renderer/lib/unsaved.ts";
import { Button, Form, FormActions, Notice, PasswordField, Section, SelectField, TextField } from "@renderer/ui/index.ts";
import { NewPassword, Username } from "@shared/contract/session.ts";
import { USER_ROLES } from "@shared/model/roles.ts";
import { line } from "@shared/model/text.ts";
import { useController } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { RolesChoice } from "./roles-choice.tsx";

const NewUser = z.object({
  displayName: line(120),
  username: Username,
  password: NewPassword,
  roles: z.array(z.enum(USER_ROLES)).min(1),
  locale: z.enum(["en", "ar"]),
});

/** A staff account with its first password, which its owner must change at the first sign-in. */
export function NewUserForm({ onDone }: { onDone(id: string): void }) {
  const { t } = useTranslation("staff");
  const language = usePreferences((state) => state.language);
  const create = useRouteCommand("staff", "createUser");
  const form = useZodForm(NewUser, { defaultValues: { displayName: "", username: "", password: "", roles: [], locale: language } });
  const kept = useUnsavedGuard(form.formState.isDirty, t("add"));
  const submit = useSubmit(form, async (values) => {
    const user = await create.mutateAsync(values);
    form.reset();
    kept();
    onDone(user.id);
  });
  const roles = useController({ control: form.control, name: "roles" });
  return (
    <Section>
      <Form onSubmit={submit} problem={form.formState.errors.root?.message} label={t("add")}>
        <TextField control={form.control} name="displayName" label={t("name")} required autoFocus />
        <TextField control={form.control} name="username" label={t("username")} required ltr />
        <PasswordField
          control={form.control}
          name="password"
          label={t("firstPassword")}
          description={t("firstPasswordHint")}
          autoComplete="new-password"
          visibilityLabel={t("showPassword")}
          required
        />
        <SelectField
          control={form.control}
          name="locale"
          label={t("language")}
          options={[
            { value: "en", label: "English" },
            { value: "ar", label: "العربية" },
          ]}
        />
        <RolesChoice value={roles.field.value} onChange={roles.field.onChange} label={t("roles")} />
        {roles.fieldState.error && <Notice tone="error">{t("chooseRole")}</Notice>}
        <FormActions>
          <Button type="submit" variant="primary" busy={create.isPending}>
            {t("add")}
          </Button>
        </FormActions>
      </Form>
    </Section>
  );
}
