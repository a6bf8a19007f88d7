import { useRouteCommand, useRouteQuery } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useSubmit, useZodForm } from "@renderer/lib/form.ts";
import { useGo } from "@renderer/lib/navigation.ts";
import { openSession } from "@renderer/lib/session.ts";
import { useSession } from "@renderer/lib/session-store.ts";
import { Button, Form, FormActions, Notice, PasswordField, Row, Rows, TextField } from "@renderer/ui/index.ts";
import type { UserRole } from "@shared/model/roles.ts";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { deviceName } from "./device-name.ts";
import styles from "./front.module.css";

const Credentials = z.object({ username: z.string().min(1), password: z.string().min(1) });
/** The password of every sample account, as contract.md states it; no account outside the sample has it. */
const SAMPLE_PASSWORD = "clinic-demo-2026";

function useSignIn() {
  const go = useGo();
  return useRouteCommand("session", "signIn", {
    onSuccess: (answer) => {
      openSession(answer);
      go("/", {}, { replace: true });
    },
  });
}

interface SampleAccount {
  username: string;
  role: string;
  displayName: string;
}

function SampleAccounts({ accounts }: { accounts: readonly SampleAccount[] }) {
  const { t } = useTranslation(["session", "shell"]);
  const signIn = useSignIn();
  const words = useErrorWords();
  return (
    <section className={styles.samples} aria-label={t("samples.title")}>
      <div className={styles.samplesHead}>
        <h2>{t("samples.title")}</h2>
        <p>{t("samples.words", { password: SAMPLE_PASSWORD })}</p>
        {signIn.error && <Notice tone="error">{words(signIn.error).message}</Notice>}
      </div>
      <Rows label={t("samples.title")}>
        {accounts.map((account) => (
          <Row
            key={account.username}
            title={account.displayName}
            end={t(`roles.${account.role as UserRole}`, { ns: "shell" })}
            onSelect={() => signIn.mutate({ username: account.username, password: SAMPLE_PASSWORD, deviceName: deviceName() })}
          />
        ))}
      </Rows>
    </section>
  );
}

/** Sign-in; while the sample clinic is loaded its accounts stand beside it, one click each. */
export function Screen() {
  const { t } = useTranslation("session");
  const status = useRouteQuery("setup", "getStatus", {});
  const ended = useSession((state) => state.ended);
  const signIn = useSignIn();
  // Errors at the submit only: one that appears when the focus leaves would push the links away under the pointer.
  const form = useZodForm(Credentials, { mode: "onSubmit", defaultValues: { username: "", password: "" } });
  const submit = useSubmit(form, (values) => signIn.mutateAsync({ ...values, deviceName: deviceName() }));
  const accounts = status.data?.sampleAccounts ?? [];
  return (
    <div className={styles.front}>
      <div className={styles.card}>
        <div>
          <h1 className={styles.title}>{t("signIn.title")}</h1>
          {status.data?.clinicName && <p className={styles.words}>{t("signIn.to", { clinic: status.data.clinicName })}</p>}
        </div>
        {ended && <Notice>{t(`ended.${ended}`)}</Notice>}
        <Form onSubmit={submit} problem={form.formState.errors.root?.message} label={t("signIn.title")}>
          <TextField control={form.control} name="username" label={t("signIn.username")} autoComplete="username" autoFocus ltr />
          <PasswordField
            control={form.control}
            name="password"
            label={t("signIn.password")}
            visibilityLabel={t("signIn.showPassword")}
            autoComplete="current-password"
          />
          <FormActions>
            <Button type="submit" variant="primary" keys="↵" busy={form.formState.isSubmitting}>
              {t("signIn.submit")}
            </Button>
          </FormActions>
        </Form>
        <div className={styles.links}>
          <a href="#/invitation">{t("signIn.invitation")}</a>
          <a href="#/reset">{t("signIn.forgot")}</a>
          <a href="#/kiosk">{t("signIn.kiosk")}</a>
        </div>
      </div>
      {accounts.length > 0 && <SampleAccounts accounts={accounts} />}
    </div>
  );
}
