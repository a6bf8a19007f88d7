import { callRoute } from "@renderer/lib/api.ts";
import { useSubmit, useZodForm } from "@renderer/lib/form.ts";
import { useGo } from "@renderer/lib/navigation.ts";
import { useSession, useUser } from "@renderer/lib/session-store.ts";
import { Button, Form, FormActions, Notice, Num, Page, PasswordField, Section, toast } from "@renderer/ui/index.ts";
import { NewPassword } from "@shared/contract/session.ts";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import styles from "./front.module.css";
import { MySessions } from "./my-sessions.tsx";
import { ProfilePicture } from "./profile-picture.tsx";

const Change = z.object({ currentPassword: z.string().min(1), newPassword: NewPassword });

function ChangePassword() {
  const { t } = useTranslation("session");
  const go = useGo();
  const form = useZodForm(Change, { defaultValues: { currentPassword: "", newPassword: "" } });
  const submit = useSubmit(form, async (values) => {
    const first = useSession.getState().user?.mustChangePassword;
    await callRoute("session", "changePassword", values);
    useSession.getState().changeUser({ mustChangePassword: false });
    form.reset();
    toast(t(first ? "account.chosen" : "account.changed"));
    if (first) go("/", {}, { replace: true });
  });
  return (
    <div className={styles.narrow}>
      <Form onSubmit={submit} problem={form.formState.errors.root?.message} label={t("account.changePassword")}>
        <PasswordField
          control={form.control}
          name="currentPassword"
          label={t("account.currentPassword")}
          visibilityLabel={t("signIn.showPassword")}
          autoComplete="current-password"
        />
        <PasswordField
          control={form.control}
          name="newPassword"
          label={t("account.newPassword")}
          description={t("invitation.passwordHint")}
          visibilityLabel={t("signIn.showPassword")}
          autoComplete="new-password"
        />
        <FormActions>
          <Button type="submit" variant="primary" busy={form.formState.isSubmitting}>
            {t("account.change")}
          </Button>
        </FormActions>
      </Form>
    </div>
  );
}

/** My account: who I am, my password, my open sessions. */
export function Screen() {
  const { t } = useTranslation(["session", "shell"]);
  const user = useUser();
  return (
    <Page title={t("account.title")} detail={user.displayName}>
      {user.mustChangePassword ? (
        <Section>
          <Notice>{t("account.must")}</Notice>
        </Section>
      ) : (
        <Section>
          <dl className={styles.sectionGrid}>
            <dt>{t("account.username")}</dt>
            <dd>
              <Num>{user.username}</Num>
            </dd>
            <dt>{t("account.roles")}</dt>
            <dd>{user.roles.map((role) => t(`roles.${role}`, { ns: "shell" })).join(", ")}</dd>
          </dl>
        </Section>
      )}
      {!user.mustChangePassword && (
        <Section title={t("account.picture")}>
          <ProfilePicture />
        </Section>
      )}
      <Section title={t("account.changePassword")}>
        <ChangePassword />
      </Section>
      {!user.mustChangePassword && (
        <Section title={t("account.sessions")}>
          <MySessions />
        </Section>
      )}
    </Page>
  );
}
