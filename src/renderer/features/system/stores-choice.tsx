import { callRoute, type RouteInput, type RouteOutput } from "@renderer/lib/api.ts";
import { isDesktop } from "@renderer/lib/connection.ts";
import { useSubmit, useZodForm } from "@renderer/lib/form.ts";
import { useUnsavedGuard } from "@renderer/lib/unsaved.ts";
import { Button, Form, FormActions, Notice, Num, Section, SegmentedControl, TextField } from "@renderer/ui/index.ts";
import { Configuration as Schema } from "@shared/contract/servers.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { Part as ServersForm } from "./servers-form.tsx";
import styles from "./stores.module.css";

export type Configuration = RouteOutput<"system", "getConfiguration">;
export type Wanted = RouteInput<"system", "setConfiguration">;
type Mode = Configuration["mode"];

/** Only a window of its own can show another computer's host; a host serves the clinic itself. */
const modesOf = (now: Mode): Mode[] =>
  isDesktop(window) || now === "client" ? ["embedded", "servers", "client"] : ["embedded", "servers"];

interface StoresChoiceProps {
  configuration: Configuration;
  /** Answers whether it was kept: who is asked may say no. */
  save(wanted: Wanted): Promise<boolean>;
}

/** The mode, what it means, and its settings; shown only where the environment or the command line decides. */
export function StoresChoice({ configuration, save }: StoresChoiceProps) {
  const { t } = useTranslation("system");
  const [mode, choose] = useState<Mode>(configuration.mode);
  const { source } = configuration;
  const readOnly = source === "environment" || source === "command-line" || source === "env-file";
  return (
    <div>
      <Section title={t("stores.where")}>
        <div className={styles.choice}>
          {readOnly && <Notice>{t(`stores.readOnly.${source}`)}</Notice>}
          {readOnly ? (
            <p>{t(`stores.modes.${mode}`)}</p>
          ) : (
            <SegmentedControl<Mode>
              label={t("stores.where")}
              items={modesOf(configuration.mode).map((value) => ({ value, label: t(`stores.modes.${value}`) }))}
              value={mode}
              onChange={choose}
            />
          )}
          <p className={styles.muted}>{t(`stores.modeWords.${mode}`)}</p>
          {!readOnly && mode !== configuration.mode && (
            <p className={styles.muted}>
              {t("stores.movesNothing")}{" "}
              <Num className={styles.code}>{`polyclinic migrate --to ${mode === "servers" ? "servers" : "embedded"}`}</Num>
            </p>
          )}
        </div>
      </Section>
      <div>
        {mode === "embedded" && !readOnly && <EmbeddedForm unchanged={configuration.mode === "embedded"} save={save} />}
        {mode === "servers" && (
          <ServersForm
            known={configuration}
            passwords={configuration.passwords}
            readOnly={readOnly}
            submit={t("stores.save")}
            test={(input) => callRoute("system", "testConnection", input)}
            save={(servers) => save({ mode: "servers", servers })}
          />
        )}
        {mode === "client" && <ClientForm url={configuration.url} readOnly={readOnly} save={save} />}
      </div>
    </div>
  );
}

function EmbeddedForm({ unchanged, save }: { unchanged: boolean; save: StoresChoiceProps["save"] }) {
  const { t } = useTranslation("system");
  const form = useZodForm(z.object({}), { defaultValues: {} });
  const submit = useSubmit(form, () => save({ mode: "embedded" }));
  return (
    <Section>
      <Form onSubmit={submit} problem={form.formState.errors.root?.message} label={t("stores.modes.embedded")}>
        <FormActions>
          <Button type="submit" variant="primary" disabled={unchanged} busy={form.formState.isSubmitting}>
            {unchanged ? t("stores.alreadyHere") : t("stores.save")}
          </Button>
        </FormActions>
      </Form>
    </Section>
  );
}

const Client = z.object({ url: Schema.options[2].shape.url });

function ClientForm({ url, readOnly, save }: { url: string | null; readOnly: boolean; save: StoresChoiceProps["save"] }) {
  const { t } = useTranslation("system");
  const form = useZodForm(Client, { defaultValues: { url: url ?? "" } });
  const kept = useUnsavedGuard(form.formState.isDirty, t("stores.unsaved"));
  const submit = useSubmit(form, async (values) => {
    if (!(await save({ mode: "client", ...values }))) return;
    kept();
    form.reset(values);
  });
  return (
    <Section>
      <Form onSubmit={submit} problem={form.formState.errors.root?.message} label={t("stores.modes.client")}>
        <TextField
          control={form.control}
          name="url"
          label={t("stores.hostUrl")}
          description={t("stores.hostUrlHint")}
          disabled={readOnly}
          required
          ltr
        />
        {!readOnly && (
          <FormActions>
            <Button type="submit" variant="primary" busy={form.formState.isSubmitting}>
              {t("stores.save")}
            </Button>
          </FormActions>
        )}
      </Form>
    </Section>
  );
}
