import { type RouteOutput, useRouteCommand, useRouteQuery } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useSubmit, useZodForm } from "@renderer/lib/form.ts";
import { useGo } from "@renderer/lib/navigation.ts";
import { useUser } from "@renderer/lib/session-store.ts";
import { useUnsavedGuard } from "@renderer/lib/unsaved.ts";
import { useFormat, useToday } from "@renderer/lib/use-format.ts";
import { Banner, BannerPart, Button, ConfirmDialog, Form, FormActions, Loaded, Num, Pane, Section, toast } from "@renderer/ui/index.ts";
import { IconCalendarPlus, IconClipboardHeart } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { InvitationPart } from "./invitation-part.tsx";
import { Particulars, PatientFields } from "./patient-fields.tsx";
import styles from "./patients.module.css";

type Patient = RouteOutput<"patients", "get">;

/** One patient: who it is, particulars to correct, invitation to the portal; on to booking or the chart. */
export function PatientCard({ patientId }: { patientId: string }) {
  const { t } = useTranslation("patients");
  const words = useErrorWords();
  const query = useRouteQuery("patients", "get", { patientId });
  return (
    <Pane label={t("card")}>
      <Loaded query={query} words={words}>
        {(patient) => (
          <>
            <Identity patient={patient} />
            <ParticularsForm key={patient.version} patient={patient} />
            <InvitationForDesk patient={patient} />
          </>
        )}
      </Loaded>
    </Pane>
  );
}

function Identity({ patient }: { patient: Patient }) {
  const { t } = useTranslation("patients");
  const format = useFormat();
  const today = useToday();
  const go = useGo();
  const roles = useUser().roles;
  const clinical = roles.includes("doctor") || roles.includes("nurse");
  return (
    <Banner label={t("card")}>
      <BannerPart>
        <h2 className={styles.name}>
          <bdi>
            {patient.givenName} {patient.familyName}
          </bdi>
        </h2>
        <p>
          {t("ageAndSex", { age: format.age(patient.birthDate, today), sex: t(`sex.${patient.sex}`) })} · {t("born")}{" "}
          <Num>{format.dateNumeric(patient.birthDate)}</Num> · <Num>{patient.id}</Num>
        </p>
        {!patient.active && <p>{t("inactive")}</p>}
      </BannerPart>
      <BannerPart>
        <div className={styles.actions}>
          {roles.includes("reception") && (
            <Button
              variant="primary"
              disabled={!patient.active}
              icon={<IconCalendarPlus size={16} aria-hidden="true" />}
              onClick={() => go("/desk", { book: patient.id })}
            >
              {t("book")}
            </Button>
          )}
          {clinical && (
            <Button icon={<IconClipboardHeart size={16} aria-hidden="true" />} onClick={() => go("/today", { patient: patient.id })}>
              {t("chart")}
            </Button>
          )}
        </div>
      </BannerPart>
    </Banner>
  );
}

function ParticularsForm({ patient }: { patient: Patient }) {
  const { t } = useTranslation("patients");
  const words = useErrorWords();
  const [asking, ask] = useState(false);
  const update = useRouteCommand("patients", "update", { onSuccess: () => ask(false) });
  const { givenName, familyName, birthDate, sex, phone, email, nationalId, region, address } = patient;
  const form = useZodForm(Particulars, {
    defaultValues: { givenName, familyName, birthDate, sex, phone, email, nationalId, region, address },
  });
  const submit = useSubmit(form, async (values) => {
    await update.mutateAsync({ patientId: patient.id, version: patient.version, ...values });
    form.reset(values);
    toast(t("saved"));
  });
  useUnsavedGuard(form.formState.isDirty, t("particulars"));
  const setActive = (active: boolean) => update.mutate({ patientId: patient.id, version: patient.version, active });
  return (
    <Section title={t("particulars")}>
      <div className={styles.form}>
        <Form onSubmit={submit} problem={form.formState.errors.root?.message} label={t("particulars")}>
          <PatientFields control={form.control} />
          <FormActions>
            <Button type="submit" variant="primary" busy={update.isPending} disabled={!form.formState.isDirty}>
              {form.formState.isDirty ? t("save") : t("unchanged")}
            </Button>
            {patient.active ? (
              <Button variant="danger" onClick={() => ask(true)}>
                {t("deactivate")}
              </Button>
            ) : (
              <Button onClick={() => setActive(true)}>{t("reactivate")}</Button>
            )}
          </FormActions>
        </Form>
      </div>
      {asking && (
        <ConfirmDialog
          title={t("deactivateTitle", { name: `${givenName} ${familyName}` })}
          confirm={t("deactivate")}
          danger
          busy={update.isPending}
          onConfirm={() => setActive(false)}
          onClose={() => ask(false)}
        >
          {update.error ? words(update.error).message : t("deactivateWords")}
        </ConfirmDialog>
      )}
    </Section>
  );
}

function InvitationForDesk({ patient }: { patient: Patient }) {
  const roles = useUser().roles;
  return roles.includes("reception") && patient.active ? <InvitationPart patientId={patient.id} /> : null;
}
