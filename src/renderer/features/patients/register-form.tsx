import { useDebouncedValue } from "@mantine/hooks";
import { type RouteOutput, useRouteCommand, useRouteQuery } from "@renderer/lib/api.ts";
import { useSubmit, useZodForm } from "@renderer/lib/form.ts";
import { useUnsavedGuard } from "@renderer/lib/unsaved.ts";
import { Button, Form, FormActions, Notice, Section, toast } from "@renderer/ui/index.ts";
import { Day } from "@shared/model/time.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Particulars, PatientFields } from "./patient-fields.tsx";
import { PatientRows } from "./patient-rows.tsx";
import styles from "./patients.module.css";

type Likely = RouteOutput<"patients", "findDuplicates">["items"];

// What was typed in the finder is most likely the name of the person who stands at the desk.
function namesOf(text: string): { givenName: string; familyName: string } {
  const words = /^[\p{L}\p{M}'’ -]+$/u.test(text.trim()) ? text.trim().split(/\s+/) : [];
  return { givenName: words[0] ?? "", familyName: words.slice(1).join(" ") };
}

/** Register a patient. Whoever may be the same person is shown while typing, and asked about before saving. */
export function RegisterForm({ initialName, onDone }: { initialName: string; onDone(id: string): void }) {
  const { t } = useTranslation("patients");
  const [confirmed, confirm] = useState(false);
  const register = useRouteCommand("patients", "register");
  const form = useZodForm(Particulars, {
    defaultValues: {
      ...namesOf(initialName),
      birthDate: "",
      sex: undefined,
      phone: null,
      email: null,
      nationalId: null,
      region: null,
      address: null,
    },
  });
  const likely = useLikely(form.watch());
  const doubted = form.formState.errors.root?.type === "possible-duplicate";
  const kept = useUnsavedGuard(form.formState.isDirty && !form.formState.isSubmitSuccessful, t("register.title"));
  const submit = useSubmit(form, async (values) => {
    const patient = await register.mutateAsync({ ...values, confirmNotDuplicate: confirmed });
    form.reset();
    toast(t("register.done", { id: patient.id }));
    kept();
    onDone(patient.id);
  });
  return (
    <Section>
      <div className={styles.form}>
        <Form onSubmit={submit} problem={doubted ? undefined : form.formState.errors.root?.message} label={t("register.title")}>
          <PatientFields control={form.control} autoFocus />
          {likely.length > 0 && <LikelySame patients={likely} confirmed={confirmed} onConfirm={confirm} onOpen={onDone} />}
          <FormActions>
            <Button type="submit" variant="primary" busy={register.isPending} disabled={likely.length > 0 && !confirmed}>
              {likely.length > 0 && !confirmed ? t("register.answerFirst") : t("register.act")}
            </Button>
          </FormActions>
        </Form>
      </div>
    </Section>
  );
}

interface Typed {
  givenName?: string;
  familyName?: string;
  birthDate?: string;
  phone?: string | null;
  nationalId?: string | null;
}

function useLikely({ givenName = "", familyName = "", birthDate = "", phone = null, nationalId = null }: Typed): Likely {
  const [asked] = useDebouncedValue(
    JSON.stringify({ givenName: givenName.trim(), familyName: familyName.trim(), birthDate, phone, nationalId }),
    300,
  );
  const input = JSON.parse(asked) as {
    givenName: string;
    familyName: string;
    birthDate: string;
    phone: string | null;
    nationalId: string | null;
  };
  const enough = input.givenName !== "" && input.familyName !== "" && Day.safeParse(input.birthDate).success;
  const query = useRouteQuery("patients", "findDuplicates", input, { enabled: enough });
  return enough ? (query.data?.items ?? []) : [];
}

function LikelySame({
  patients,
  confirmed,
  onConfirm,
  onOpen,
}: {
  patients: Likely;
  confirmed: boolean;
  onConfirm(yes: boolean): void;
  onOpen(id: string): void;
}) {
  const { t } = useTranslation("patients");
  return (
    <div className={styles.likely}>
      <Notice
        tone={confirmed ? "info" : "error"}
        action={
          <Button onClick={() => onConfirm(!confirmed)} aria-pressed={confirmed}>
            {confirmed ? t("register.confirmed") : t("register.notTheSame")}
          </Button>
        }
      >
        {t("register.likely")}
      </Notice>
      <PatientRows patients={patients} onSelect={onOpen} />
    </div>
  );
}
