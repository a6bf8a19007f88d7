import { type RouteOutput, useRouteCommand, useRouteQuery } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useSubmit, useZodForm } from "@renderer/lib/form.ts";
import { useUnsavedGuard } from "@renderer/lib/unsaved.ts";
import { useFormat } from "@renderer/lib/use-format.ts";
import { Button, ConfirmDialog, Form, FormActions, Loaded, NumberField, Section, StatusWord, TextAreaField } from "@renderer/ui/index.ts";
import { Reason } from "@shared/model/text.ts";
import { IconEye, IconEyeOff } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import styles from "./identity-grant.module.css";

type Grant = RouteOutput<"research", "listGrants">["items"][number];

/** Whether a researcher may see identities, until when, who allowed it and why; to allow and to end it. */
export function Part({ userId }: { userId: string }) {
  const { t } = useTranslation("research");
  const words = useErrorWords();
  const grants = useRouteQuery("research", "listGrants", {});
  return (
    <Section title={t("identity.title")}>
      <Loaded query={grants} words={words}>
        {({ items }) => {
          const grant = items.find((item) => item.userId === userId);
          return grant ? <Granted grant={grant} /> : <Masked userId={userId} />;
        }}
      </Loaded>
    </Section>
  );
}

function Granted({ grant }: { grant: Grant }) {
  const { t } = useTranslation("research");
  const words = useErrorWords();
  const format = useFormat();
  const [asking, ask] = useState(false);
  const revoke = useRouteCommand("research", "revokeIdentities");
  return (
    <div className={styles.stack}>
      <StatusWord tone="strong" icon={<IconEye size={16} aria-hidden="true" />}>
        {t("identity.visible", { time: format.dateTime(grant.expiresAt) })}
      </StatusWord>
      <dl className={styles.facts}>
        <dt>{t("identity.allowedBy")}</dt>
        <dd>
          <bdi>{grant.grantedBy}</bdi> · {format.dateTime(grant.grantedAt)}
        </dd>
        <dt>{t("identity.reason")}</dt>
        <dd>
          <bdi>{grant.reason}</bdi>
        </dd>
      </dl>
      <div>
        <Button variant="danger" onClick={() => ask(true)}>
          {t("identity.revoke")}
        </Button>
      </div>
      {asking && (
        <ConfirmDialog
          title={t("identity.revokeTitle", { name: grant.displayName })}
          confirm={t("identity.revoke")}
          danger
          busy={revoke.isPending}
          onConfirm={() => revoke.mutate({ userId: grant.userId })}
          onClose={() => ask(false)}
        >
          {revoke.error ? words(revoke.error).message : t("identity.revokeWords")}
        </ConfirmDialog>
      )}
    </div>
  );
}

const Permission = z.object({ reason: Reason, days: z.int().min(1).max(90) });

function Masked({ userId }: { userId: string }) {
  const { t } = useTranslation("research");
  const grant = useRouteCommand("research", "grantIdentities");
  const form = useZodForm(Permission, { defaultValues: { reason: "", days: 7 } });
  const kept = useUnsavedGuard(form.formState.isDirty, t("identity.title"));
  const submit = useSubmit(form, async (values) => {
    await grant.mutateAsync({ userId, ...values });
    form.reset();
    kept();
  });
  return (
    <div className={styles.stack}>
      <StatusWord icon={<IconEyeOff size={16} aria-hidden="true" />}>{t("identity.masked")}</StatusWord>
      <Form onSubmit={submit} problem={form.formState.errors.root?.message} label={t("identity.allow")}>
        <TextAreaField control={form.control} name="reason" label={t("identity.reason")} description={t("identity.reasonHint")} required />
        <NumberField control={form.control} name="days" label={t("identity.days")} min={1} max={90} required />
        <FormActions>
          <Button type="submit" busy={form.formState.isSubmitting}>
            {t("identity.allow")}
          </Button>
        </FormActions>
      </Form>
    </div>
  );
}
