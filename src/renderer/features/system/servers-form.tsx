import { useSubmit, useZodForm } from "@renderer/lib/form.ts";
import type { PartProps } from "@renderer/lib/parts.tsx";
import { useUnsavedGuard } from "@renderer/lib/unsaved.ts";
import { Button, Form, FormActions } from "@renderer/ui/index.ts";
import { useTranslation } from "react-i18next";
import { beginWith, refusedField, Servers, typedServers } from "./servers-values.ts";
import styles from "./stores.module.css";
import { TriedServer } from "./tried-server.tsx";

/** Both servers of the clinic: for the administrator's settings and for a computer that joins. */
export function Part({ known, passwords, readOnly = false, submit: words, test, save, end }: PartProps["system.servers"]) {
  const { t } = useTranslation("system");
  const form = useZodForm(Servers, { defaultValues: beginWith(known ?? { neo4j: null, mongodb: null }) });
  const { isDirty, isSubmitting, errors } = form.formState;
  const kept = useUnsavedGuard(isDirty, t("stores.unsaved"));
  const submit = useSubmit(form, async (values) => {
    const saved = await save(typedServers(values)).catch((error: unknown) => {
      const refused = refusedField(error);
      if (!refused) throw error;
      form.setError(refused.path, { type: "refused", message: t(`stores.refused.${refused.field}`) }, { shouldFocus: true });
      return false;
    });
    if (!saved) return;
    kept();
    form.reset({ ...values, neo4j: { ...values.neo4j, password: "" }, mongodb: { ...values.mongodb, password: "" } });
  });
  return (
    <Form onSubmit={submit} problem={errors.root?.message} label={t("stores.servers")}>
      <div>
        <TriedServer {...{ form, test, passwords, readOnly }} server="neo4j" />
        <TriedServer {...{ form, test, passwords, readOnly }} server="mongodb" />
      </div>
      {!readOnly && (
        <div className={styles.actions}>
          <FormActions>
            <Button type="submit" variant="primary" busy={isSubmitting}>
              {words}
            </Button>
            {end}
          </FormActions>
        </div>
      )}
    </Form>
  );
}
