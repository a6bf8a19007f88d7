import { type RouteOutput, useRouteCommand, useRouteQuery } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useSubmit, useZodForm } from "@renderer/lib/form.ts";
import { useSearchValue } from "@renderer/lib/navigation.ts";
import { useUnsavedGuard } from "@renderer/lib/unsaved.ts";
import { useFormat, useLocalName } from "@renderer/lib/use-format.ts";
import {
  Button,
  EmptyState,
  Form,
  FormActions,
  Loaded,
  Pane,
  Panel,
  Row,
  Rows,
  Section,
  Split,
  StatusWord,
  TextField,
} from "@renderer/ui/index.ts";
import { line } from "@shared/model/text.ts";
import { IconBan, IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { z } from "zod";

const Names = z.object({ name: line(120), nameAr: line(120).nullable() });
type Department = RouteOutput<"clinic", "listDepartments">["items"][number];

/** The clinic's departments: add, rename, deactivate. */
export function DepartmentsPart() {
  const { t } = useTranslation("clinic");
  const words = useErrorWords();
  const format = useFormat();
  const local = useLocalName();
  const query = useRouteQuery("clinic", "listDepartments", { includeInactive: true });
  const [selected, select] = useSearchValue("department");
  const department = query.data?.items.find((item) => item.id === selected);
  return (
    <Split>
      <Pane
        title={t("departments.title")}
        detail={query.data && format.number(query.data.items.length)}
        actions={
          <Button variant="primary" icon={<IconPlus size={16} aria-hidden="true" />} onClick={() => select("new")}>
            {t("departments.add")}
          </Button>
        }
      >
        <Loaded query={query} words={words}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState title={t("departments.none")}>{t("departments.noneHint")}</EmptyState>
            ) : (
              <Rows label={t("departments.title")}>
                {items.map((item) => (
                  <Row
                    key={item.id}
                    title={local(item.name, item.nameAr)}
                    detail={t("departments.doctorCount", { count: item.doctorCount })}
                    end={
                      item.active ? undefined : (
                        <StatusWord tone="dimmed" icon={<IconBan size={16} aria-hidden="true" />}>
                          {t("inactive")}
                        </StatusWord>
                      )
                    }
                    dimmed={!item.active}
                    selected={item.id === selected}
                    onSelect={() => select(item.id)}
                  />
                ))}
              </Rows>
            )
          }
        </Loaded>
      </Pane>
      {(selected === "new" || department) && (
        <Panel
          key={`${selected}-${department?.version}`}
          title={department ? local(department.name, department.nameAr) : t("departments.add")}
          onClose={() => select(undefined)}
        >
          <DepartmentForm department={department} onDone={(id) => select(id)} />
        </Panel>
      )}
    </Split>
  );
}

function DepartmentForm({ department, onDone }: { department: Department | undefined; onDone(id: string): void }) {
  const { t } = useTranslation("clinic");
  const create = useRouteCommand("clinic", "createDepartment");
  const update = useRouteCommand("clinic", "updateDepartment");
  const words = useErrorWords();
  const form = useZodForm(Names, { defaultValues: { name: department?.name ?? "", nameAr: department?.nameAr ?? null } });
  const kept = useUnsavedGuard(form.formState.isDirty, t("departments.title"));
  const submit = useSubmit(form, async (values) => {
    const saved = department
      ? await update.mutateAsync({ departmentId: department.id, version: department.version, ...values })
      : await create.mutateAsync(values);
    form.reset(values);
    kept();
    onDone(saved.id);
  });
  const toggled = update.error && !form.formState.isSubmitting ? words(update.error).message : undefined;
  return (
    <Section>
      <Form onSubmit={submit} problem={form.formState.errors.root?.message ?? toggled} label={t("departments.add")}>
        <TextField control={form.control} name="name" label={t("name")} required autoFocus={!department} />
        <TextField control={form.control} name="nameAr" label={t("nameAr")} nullable />
        <FormActions>
          <Button type="submit" variant="primary" busy={create.isPending || update.isPending}>
            {department ? t("save") : t("departments.add")}
          </Button>
          {department && (
            <Button
              variant={department.active ? "danger" : "secondary"}
              onClick={() => update.mutate({ departmentId: department.id, version: department.version, active: !department.active })}
            >
              {department.active ? t("deactivate") : t("reactivate")}
            </Button>
          )}
        </FormActions>
      </Form>
    </Section>
  );
}
