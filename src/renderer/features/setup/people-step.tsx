import { useRouteCommand, useRouteQuery } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useSubmit, useZodForm } from "@renderer/lib/form.ts";
import { useLocalName } from "@renderer/lib/use-format.ts";
import { Button, FieldRow, Form, FormActions, Loaded, Row, Rows, SelectField, TextField } from "@renderer/ui/index.ts";
import { line } from "@shared/model/text.ts";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import styles from "./setup.module.css";

const Department = z.object({ name: line(120), nameAr: line(120).nullable() });
const Doctor = z.object({ departmentId: z.string().min(1), name: line(120), nameAr: line(120).nullable(), room: line(40).nullable() });

function AddDepartment() {
  const { t } = useTranslation("setup");
  const create = useRouteCommand("clinic", "createDepartment");
  const form = useZodForm(Department, { defaultValues: { name: "", nameAr: null } });
  const submit = useSubmit(form, async (values) => {
    await create.mutateAsync(values);
    form.reset();
    form.setFocus("name");
  });
  return (
    <section className={styles.group}>
      <Form onSubmit={submit} problem={form.formState.errors.root?.message} label={t("wizard.addDepartment")}>
        <FieldRow>
          <TextField control={form.control} name="name" label={t("wizard.department")} required autoFocus />
          <TextField control={form.control} name="nameAr" label={t("wizard.departmentAr")} nullable />
        </FieldRow>
        <FormActions>
          <Button type="submit" busy={form.formState.isSubmitting}>
            {t("wizard.addDepartment")}
          </Button>
        </FormActions>
      </Form>
    </section>
  );
}

function AddDoctor({ departments }: { departments: readonly { value: string; label: string }[] }) {
  const { t } = useTranslation("setup");
  const create = useRouteCommand("clinic", "createDoctor");
  const empty = { departmentId: departments[0]?.value ?? "", name: "", nameAr: null, room: null };
  const form = useZodForm(Doctor, { defaultValues: empty });
  const submit = useSubmit(form, async (values) => {
    await create.mutateAsync(values);
    form.reset({ ...empty, departmentId: values.departmentId });
    form.setFocus("name");
  });
  return (
    <section className={styles.group}>
      <Form onSubmit={submit} problem={form.formState.errors.root?.message} label={t("wizard.addDoctor")}>
        <FieldRow>
          <TextField control={form.control} name="name" label={t("wizard.doctor")} required />
          <TextField control={form.control} name="nameAr" label={t("wizard.doctorAr")} nullable />
        </FieldRow>
        <FieldRow>
          <SelectField control={form.control} name="departmentId" label={t("wizard.inDepartment")} options={departments} required />
          <TextField control={form.control} name="room" label={t("wizard.room")} nullable />
        </FieldRow>
        <FormActions>
          <Button type="submit" busy={form.formState.isSubmitting}>
            {t("wizard.addDoctor")}
          </Button>
        </FormActions>
      </Form>
    </section>
  );
}

/** Step 3: departments and doctors, as many as wanted; the clinic exists already, so this can wait. */
export function PeopleStep({ onFinish }: { onFinish(): void }) {
  const { t } = useTranslation("setup");
  const words = useErrorWords();
  const localName = useLocalName();
  const departments = useRouteQuery("clinic", "listDepartments", {});
  return (
    <>
      <div>
        <h1 className={styles.wizardTitle}>{t("wizard.peopleTitle")}</h1>
        <p className={styles.muted}>{t("wizard.peopleWords")}</p>
      </div>
      <AddDepartment />
      <Loaded query={departments} words={words}>
        {({ items }) =>
          items.length === 0 ? (
            <p className={styles.muted}>{t("wizard.noneYet")}</p>
          ) : (
            <>
              <div className={styles.list}>
                <Rows label={t("wizard.peopleTitle")}>
                  {items.map((item) => (
                    <Row key={item.id} title={localName(item.name, item.nameAr)} end={t("wizard.doctors", { count: item.doctorCount })} />
                  ))}
                </Rows>
              </div>
              <AddDoctor departments={items.map((item) => ({ value: item.id, label: localName(item.name, item.nameAr) }))} />
            </>
          )
        }
      </Loaded>
      <FormActions>
        <Button variant="primary" onClick={onFinish}>
          {departments.data?.items.length ? t("wizard.finish") : t("wizard.later")}
        </Button>
      </FormActions>
    </>
  );
}
