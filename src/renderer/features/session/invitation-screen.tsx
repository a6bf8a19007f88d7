import { callRoute } from "@renderer/lib/api.ts";
import { useSubmit, useZodForm } from "@renderer/lib/form.ts";
import { useGo } from "@renderer/lib/navigation.ts";
import { usePreferences } from "@renderer/lib/preferences.ts";
import { chooseLanguage, openSession } from "@renderer/lib/session.ts";
import { useToday } from "@renderer/lib/use-format.ts";
import { Button, DayField, Form, FormActions, PasswordField, TextField } from "@renderer/ui/index.ts";
import { NewPassword, Username } from "@shared/contract/session.ts";
import { line } from "@shared/model/text.ts";
import { Day } from "@shared/model/time.ts";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import styles from "./front.module.css";

const Invitation = z.object({ code: line(40), birthDate: Day, username: Username, password: NewPassword });

/** A patient makes their account with the code from the desk. */
export function Screen() {
  const { t } = useTranslation("session");
  const go = useGo();
  const today = useToday();
  const { language, calendar } = usePreferences();
  // Errors at the submit only: one that appears when the focus leaves would push the links away under the pointer.
  const form = useZodForm(Invitation, { mode: "onSubmit", defaultValues: { code: "", birthDate: "", username: "", password: "" } });
  const submit = useSubmit(form, async (values) => {
    const answer = await callRoute("session", "acceptInvitation", values);
    // A new account has nobody's language yet; it takes the one that the patient reads here.
    openSession({ ...answer, user: { ...answer.user, locale: language } });
    chooseLanguage(language);
    go("/", {}, { replace: true });
  });
  return (
    <div className={styles.front}>
      <div className={styles.card}>
        <div>
          <h1 className={styles.title}>{t("invitation.title")}</h1>
          <p className={styles.words}>{t("invitation.words")}</p>
        </div>
        <Form onSubmit={submit} problem={form.formState.errors.root?.message} label={t("invitation.title")}>
          <TextField control={form.control} name="code" label={t("invitation.code")} required ltr autoFocus />
          <DayField
            control={form.control}
            name="birthDate"
            label={t("invitation.birthDate")}
            required
            max={today}
            {...{ language, calendar }}
          />
          <TextField control={form.control} name="username" label={t("invitation.username")} autoComplete="username" required ltr />
          <PasswordField
            control={form.control}
            name="password"
            label={t("invitation.password")}
            description={t("invitation.passwordHint")}
            visibilityLabel={t("signIn.showPassword")}
            autoComplete="new-password"
            required
          />
          <FormActions>
            <Button type="submit" variant="primary" busy={form.formState.isSubmitting}>
              {t("invitation.submit")}
            </Button>
            <Button onClick={() => go("/sign-in")}>{t("invitation.back")}</Button>
          </FormActions>
        </Form>
      </div>
    </div>
  );
}
