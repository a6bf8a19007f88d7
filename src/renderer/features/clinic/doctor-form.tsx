import { type RouteOutput, useRouteCommand, useRouteQuery } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useSubmit, useZodForm } from "@renderer/lib/form.ts";
import { useUnsavedGuard } from "@renderer/lib/unsaved.ts";
import { useLocalName } from "@renderer/lib/use-format.ts";
import { Button, ConfirmDialog, FieldRow, Form, FormActions, NumberField, Section, SelectField, TextField } from "@renderer/ui/index.ts";
import { line } from "@shared/model/text.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { z } from "zod";

const Particulars = z.object({
  name: line(120),
  nameAr: line(120).nullable(),
  departmentId: z.string().min(1),
  specialty: line(120).nullable(),
  room: line(40).nullable(),
  slotMinutes: z.int().min(5).max(240).multipleOf(5),
});
type Doctor = RouteOutput<"clinic", "listDoctors">["items"][number];

/** A doctor's particulars: a new one, or the one that is open, who can also be deactivated. */
export function DoctorForm({ doctor, onDone }: { doctor: Doctor | undefined; onDone(id: string): void }) {
  const { t } = useTranslation("clinic");
  const local = useLocalName();
  const departments = useRouteQuery("clinic", "listDepartments", {});
  const create = useRouteCommand("clinic", "createDoctor");
  const update = useRouteCommand("clinic", "updateDoctor", { invalidates: ["scheduling"] });
  const form = useZodForm(Particulars, {
    defaultValues: {
      name: doctor?.name ?? "",
      nameAr: doctor?.nameAr ?? null,
      departmentId: doctor?.departmentId ?? "",
      specialty: doctor?.specialty ?? null,
      room: doctor?.room ?? null,
      slotMinutes: doctor?.slotMinutes ?? 15,
    },
  });
  const kept = useUnsavedGuard(form.formState.isDirty, t("doctors.title"));
  const submit = useSubmit(form, async (values) => {
    const saved = doctor
      ? await update.mutateAsync({ doctorId: doctor.id, version: doctor.version, ...values })
      : await create.mutateAsync(values);
    form.reset(values);
    kept();
    onDone(saved.id);
  });
  const { control } = form;
  const options = (departments.data?.items ?? []).map((item) => ({ value: item.id, label: local(item.name, item.nameAr) }));
  return (
    <Section>
      <Form onSubmit={submit} problem={form.formState.errors.root?.message} label={t("doctors.particulars")}>
        <TextField control={control} name="name" label={t("name")} required autoFocus={!doctor} />
        <TextField control={control} name="nameAr" label={t("nameAr")} nullable />
        <SelectField control={control} name="departmentId" label={t("department")} options={options} required />
        <TextField control={control} name="specialty" label={t("doctors.specialty")} nullable />
        <FieldRow>
          <TextField control={control} name="room" label={t("doctors.room")} nullable />
          <NumberField control={control} name="slotMinutes" label={t("doctors.slotLabel")} min={5} max={240} step={5} required />
        </FieldRow>
        <FormActions>
          <Button type="submit" variant="primary" busy={create.isPending || update.isPending}>
            {doctor ? t("save") : t("doctors.add")}
          </Button>
          {doctor && <ActiveSwitch doctor={doctor} />}
        </FormActions>
      </Form>
    </Section>
  );
}

function ActiveSwitch({ doctor }: { doctor: Doctor }) {
  const { t } = useTranslation("clinic");
  const words = useErrorWords();
  const local = useLocalName();
  const [asking, ask] = useState(false);
  const update = useRouteCommand("clinic", "updateDoctor", { invalidates: ["scheduling"], onSuccess: () => ask(false) });
  const change = () => update.mutate({ doctorId: doctor.id, version: doctor.version, active: !doctor.active });
  const name = local(doctor.name, doctor.nameAr);
  if (!doctor.active) return <Button onClick={change}>{t("reactivate")}</Button>;
  return (
    <>
      <Button variant="danger" onClick={() => ask(true)}>
        {t("deactivate")}
      </Button>
      {asking && (
        <ConfirmDialog
          title={t("doctors.deactivateTitle", { name })}
          confirm={t("deactivate")}
          danger
          busy={update.isPending}
          onConfirm={change}
          onClose={() => ask(false)}
        >
          {update.error?.code === "conflict"
            ? t("doctors.hasAppointments")
            : update.error
              ? words(update.error).message
              : t("doctors.deactivateWords")}
        </ConfirmDialog>
      )}
    </>
  );
}
