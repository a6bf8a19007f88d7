import { callRoute, queryClient, routeKey } from "@renderer/lib/api.ts";
import { useSubmit, useZodForm } from "@renderer/lib/form.ts";
import { Button, CheckboxField, Dialog, Form, FormActions, TextAreaField, TextField } from "@renderer/ui/index.ts";
import { line, prose } from "@shared/model/text.ts";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { useConsole } from "../console-store.ts";
import { readParameters } from "../parameters/parameter-values.ts";
import type { SavedQuery } from "../types.ts";

const Fields = z.object({ name: line(120), description: prose(1000), shared: z.boolean() });

interface SaveDialogProps {
  onClose(): void;
  onSaved(query: SavedQuery): void;
}

/** Keeps what stands in the editor under a name: as a new version of my query, or as another. */
export function SaveDialog({ onClose, onSaved }: SaveDialogProps) {
  const { t } = useTranslation("research");
  const saved = useConsole((state) => state.saved);
  const mine = saved?.mine ? saved : null;
  const form = useZodForm(Fields, {
    defaultValues: { name: saved?.name ?? "", description: saved?.description ?? "", shared: mine?.shared ?? false },
  });
  const keep = async (values: z.infer<typeof Fields>, over: SavedQuery | null) => {
    const { text, names, values: typed } = useConsole.getState();
    const { parameters } = readParameters(names, typed, text);
    const query = await callRoute("research", "saveQuery", {
      ...values,
      cypher: text,
      parameters,
      ...(over ? { id: over.id, version: over.version } : {}),
    });
    useConsole.getState().keep(query);
    await queryClient.invalidateQueries({ queryKey: routeKey("research", "listSavedQueries") });
    onSaved(query);
  };
  const overwrite = useSubmit(form, (values) => keep(values, mine));
  const another = useSubmit(form, (values) => keep(values, null));
  return (
    <Dialog title={mine ? t("save.titleAgain", { name: mine.name }) : t("save.title")} onClose={onClose}>
      <Form onSubmit={mine ? overwrite : another} problem={form.formState.errors.root?.message}>
        <TextField control={form.control} name="name" label={t("save.name")} required autoFocus />
        <TextAreaField control={form.control} name="description" label={t("save.description")} rows={3} />
        <CheckboxField control={form.control} name="shared" label={t("save.shared")} description={t("save.sharedHint")} />
        <FormActions>
          <Button type="submit" variant="primary" busy={form.formState.isSubmitting}>
            {mine ? t("save.overwrite") : t("save.save")}
          </Button>
          {mine && (
            <Button disabled={form.formState.isSubmitting} onClick={() => void another()}>
              {t("save.another")}
            </Button>
          )}
          <Button onClick={onClose}>{t("save.cancel")}</Button>
        </FormActions>
      </Form>
    </Dialog>
  );
}
