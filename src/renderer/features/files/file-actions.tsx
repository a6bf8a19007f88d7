import { Select } from "@mantine/core";
import { useRouteCommand } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useSubmit, useZodForm } from "@renderer/lib/form.ts";
import { Button, Form, FormActions, Notice, TextField } from "@renderer/ui/index.ts";
import { Reason } from "@shared/model/text.ts";
import { IconLink, IconTrashX } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import styles from "./files.module.css";
import type { MedicalFile } from "./types.ts";
import type { Finding } from "./use-findings.ts";

const Voiding = z.object({ reason: Reason });

/** What a clinician can do with a file: link it to a finding of the visit that is open, or void it with a reason. */
export function FileActions({ file, findings }: { file: MedicalFile; findings: readonly Finding[] }) {
  const { t } = useTranslation("files");
  const [act, setAct] = useState<"link" | "void" | null>(null);
  if (file.voided) return null;
  const linked = new Set<string>(file.links.map(({ observationId }) => observationId));
  const free = findings.filter(({ id }) => !linked.has(id));
  return (
    <>
      {free.length > 0 && (
        <Button
          variant="quiet"
          icon={<IconLink size={16} aria-hidden="true" />}
          aria-expanded={act === "link"}
          onClick={() => setAct(act === "link" ? null : "link")}
        >
          {t("link.act")}
        </Button>
      )}
      <Button
        variant="quiet"
        icon={<IconTrashX size={16} aria-hidden="true" />}
        aria-expanded={act === "void"}
        onClick={() => setAct(act === "void" ? null : "void")}
      >
        {t("void.act")}
      </Button>
      {act === "link" && <LinkForm file={file} findings={free} onDone={() => setAct(null)} />}
      {act === "void" && <VoidForm file={file} onDone={() => setAct(null)} />}
    </>
  );
}

function LinkForm({ file, findings, onDone }: { file: MedicalFile; findings: readonly Finding[]; onDone(): void }) {
  const { t } = useTranslation("files");
  const words = useErrorWords();
  const link = useRouteCommand("files", "linkFile", { invalidates: ["patients.getChart", "encounters"], onSuccess: onDone });
  return (
    <div className={styles.more}>
      <Select
        label={t("link.to")}
        placeholder={t("link.choose")}
        data={findings.map(({ id, words: label }) => ({ value: id, label }))}
        disabled={link.isPending}
        onChange={(observationId) => observationId && link.mutate({ fileId: file.id, observationId })}
      />
      {link.error && <Notice tone="error">{words(link.error).message}</Notice>}
    </div>
  );
}

function VoidForm({ file, onDone }: { file: MedicalFile; onDone(): void }) {
  const { t } = useTranslation("files");
  const remove = useRouteCommand("files", "deleteFile", { invalidates: ["patients.getChart"] });
  const form = useZodForm(Voiding, { defaultValues: { reason: "" } });
  const submit = useSubmit(form, async ({ reason }) => {
    await remove.mutateAsync({ fileId: file.id, reason });
    onDone();
  });
  return (
    <div className={styles.more}>
      <Form onSubmit={submit} problem={form.formState.errors.root?.message} label={t("void.act")}>
        <TextField control={form.control} name="reason" label={t("void.reason", { name: file.filename })} required autoFocus />
        <FormActions>
          <Button type="submit" variant="danger" busy={remove.isPending}>
            {t("void.act")}
          </Button>
          <Button onClick={onDone}>{t("cancel")}</Button>
        </FormActions>
      </Form>
    </div>
  );
}
