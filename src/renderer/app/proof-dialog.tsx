import { callRoute } from "@renderer/lib/api.ts";
import { useSubmit, useZodForm } from "@renderer/lib/form.ts";
import { useReauthentication } from "@renderer/lib/reauthentication.ts";
import { Button, Dialog, Form, FormActions, PasswordField } from "@renderer/ui/index.ts";
import { useTranslation } from "react-i18next";
import { z } from "zod";

const Proof = z.object({ password: z.string().min(1) });

interface PasswordProofProps {
  confirm: string;
  /** Proves the password; a refusal is said at the field. */
  prove(password: string): Promise<unknown>;
  end: React.ReactNode;
}

/** One password field that proves it is still the same person: for the lock and for acts that need it. */
export function PasswordProof({ confirm, prove, end }: PasswordProofProps) {
  const { t } = useTranslation();
  const form = useZodForm(Proof, { defaultValues: { password: "" } });
  const submit = useSubmit(form, ({ password }) => prove(password));
  return (
    <Form onSubmit={submit} problem={form.formState.errors.root?.message}>
      <PasswordField
        control={form.control}
        name="password"
        label={t("lock.password")}
        visibilityLabel={t("lock.showPassword")}
        autoComplete="current-password"
        autoFocus
      />
      <FormActions>
        <Button type="submit" variant="primary" busy={form.formState.isSubmitting}>
          {confirm}
        </Button>
        {end}
      </FormActions>
    </Form>
  );
}

/** Shown by itself when a route answers `reauthentication-required`; the call then goes on. */
export function ProofDialog() {
  const { t } = useTranslation();
  const settle = useReauthentication((state) => state.settle);
  if (!settle) return null;
  return (
    <Dialog title={t("proof.title")} onClose={() => settle(false)}>
      <p>{t("proof.words")}</p>
      <PasswordProof
        confirm={t("proof.confirm")}
        prove={async (password) => {
          await callRoute("session", "reauthenticate", { password });
          settle(true);
        }}
        end={<Button onClick={() => settle(false)}>{t("cancel", { ns: "ui" })}</Button>}
      />
    </Dialog>
  );
}
