import { callRoute, useRouteCommand } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useSubmit, useZodForm } from "@renderer/lib/form.ts";
import { useGo } from "@renderer/lib/navigation.ts";
import { Button, Form, FormActions, Notice, PasswordField, TextField } from "@renderer/ui/index.ts";
import { NewPassword } from "@shared/contract/session.ts";
import { line } from "@shared/model/text.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import styles from "./front.module.css";

const Reset = z.object({ username: line(200), code: line(40), newPassword: NewPassword });

/** Ask the administrator for a reset code; the answer tells nobody whether the account exists. */
function AskForCode({ username }: { username: string }) {
  const { t } = useTranslation("session");
  const words = useErrorWords();
  const ask = useRouteCommand("session", "requestPasswordReset");
  if (ask.isSuccess) return <Notice>{t("reset.asked")}</Notice>;
  return (
    <>
      {ask.error && <Notice tone="error">{words(ask.error).message}</Notice>}
      <Button variant="quiet" disabled={username.trim() === ""} busy={ask.isPending} onClick={() => ask.mutate({ username })}>
        {t("reset.ask")}
      </Button>
    </>
  );
}

/** A new password with the administrator's code. */
export function Screen() {
  const { t } = useTranslation("session");
  const go = useGo();
  const [done, setDone] = useState(false);
  // Errors at the submit only: one that appears when the focus leaves would push the links away under the pointer.
  const form = useZodForm(Reset, { mode: "onSubmit", defaultValues: { username: "", code: "", newPassword: "" } });
  const submit = useSubmit(form, async (values) => {
    await callRoute("session", "resetPassword", values);
    setDone(true);
  });
  if (done)
    return (
      <div className={styles.front}>
        <div className={styles.card}>
          <h1 className={styles.title}>{t("reset.title")}</h1>
          <Notice>{t("reset.done")}</Notice>
          <FormActions>
            <Button variant="primary" onClick={() => go("/sign-in")}>
              {t("signIn.title")}
            </Button>
          </FormActions>
        </div>
      </div>
    );
  return (
    <div className={styles.front}>
      <div className={styles.card}>
        <div>
          <h1 className={styles.title}>{t("reset.title")}</h1>
          <p className={styles.words}>{t("reset.words")}</p>
        </div>
        <Form onSubmit={submit} problem={form.formState.errors.root?.message} label={t("reset.title")}>
          <TextField control={form.control} name="username" label={t("signIn.username")} autoComplete="username" required ltr autoFocus />
          <TextField control={form.control} name="code" label={t("reset.code")} required ltr />
          <PasswordField
            control={form.control}
            name="newPassword"
            label={t("reset.newPassword")}
            description={t("invitation.passwordHint")}
            visibilityLabel={t("signIn.showPassword")}
            autoComplete="new-password"
            required
          />
          <FormActions>
            <Button type="submit" variant="primary" busy={form.formState.isSubmitting}>
              {t("reset.submit")}
            </Button>
            <Button onClick={() => go("/sign-in")}>{t("invitation.back")}</Button>
          </FormActions>
        </Form>
        <AskForCode username={form.watch("username")} />
      </div>
    </div>
  );
}
