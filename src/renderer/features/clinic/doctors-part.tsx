import { TextInput } from "@mantine/core";
import { type RouteOutput, useRouteQuery } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useSearchValue } from "@renderer/lib/navigation.ts";
import { useFormat, useLocalName } from "@renderer/lib/use-format.ts";
import { type Column, DataTable } from "@renderer/ui/data-table.tsx";
import { Button, EmptyState, Loaded, Num, Pane, Panel, Split, StatusWord } from "@renderer/ui/index.ts";
import { IconBan, IconPlus, IconSearch, IconStethoscope } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { DoctorForm } from "./doctor-form.tsx";
import { HoursEditor } from "./hours-editor.tsx";

type Doctor = RouteOutput<"clinic", "listDoctors">["items"][number];

/** The clinic's doctors: add, change, move, set working hours, deactivate. */
export function DoctorsPart() {
  const { t } = useTranslation("clinic");
  const words = useErrorWords();
  const format = useFormat();
  const local = useLocalName();
  const query = useRouteQuery("clinic", "listDoctors", { includeInactive: true });
  const [selected, select] = useSearchValue("doctor");
  const [filter, setFilter] = useState("");
  const doctor = query.data?.items.find((item) => item.id === selected);
  const columns = useMemo<readonly Column<Doctor>[]>(
    () => [
      { id: "name", header: t("name"), value: (row) => local(row.name, row.nameAr) },
      { id: "department", header: t("department"), value: (row) => local(row.departmentName, row.departmentNameAr) },
      { id: "specialty", header: t("doctors.specialty"), value: (row) => row.specialty },
      { id: "room", header: t("doctors.room"), value: (row) => row.room, cell: (row) => <Num>{row.room}</Num> },
      { id: "slot", header: t("doctors.slot"), value: (row) => row.slotMinutes, end: true },
      {
        id: "active",
        header: t("state"),
        value: (row) => (row.active ? t("active") : t("inactive")),
        cell: (row) =>
          row.active ? (
            <StatusWord icon={<IconStethoscope size={16} aria-hidden="true" />}>{t("active")}</StatusWord>
          ) : (
            <StatusWord tone="dimmed" icon={<IconBan size={16} aria-hidden="true" />}>
              {t("inactive")}
            </StatusWord>
          ),
      },
    ],
    [t, local],
  );
  return (
    <Split>
      <Pane
        title={t("doctors.title")}
        detail={query.data && format.number(query.data.items.length)}
        actions={
          <Button variant="primary" icon={<IconPlus size={16} aria-hidden="true" />} onClick={() => select("new")}>
            {t("doctors.add")}
          </Button>
        }
        tools={
          <TextInput
            aria-label={t("filter")}
            placeholder={t("filter")}
            leftSection={<IconSearch size={16} aria-hidden="true" />}
            value={filter}
            onChange={(event) => setFilter(event.currentTarget.value)}
          />
        }
      >
        <Loaded query={query} words={words}>
          {({ items }) => (
            <DataTable
              label={t("doctors.title")}
              columns={columns}
              rows={items}
              rowKey={(row) => row.id}
              filter={filter}
              selected={selected}
              sortBy={{ id: "name", desc: false }}
              onOpen={(row) => select(row.id)}
              empty={<EmptyState title={filter ? t("nothingFound") : t("doctors.none")}>{t("doctors.noneHint")}</EmptyState>}
            />
          )}
        </Loaded>
      </Pane>
      {(selected === "new" || doctor) && (
        <Panel key={selected} title={doctor ? local(doctor.name, doctor.nameAr) : t("doctors.add")} onClose={() => select(undefined)}>
          <DoctorForm key={doctor?.version} doctor={doctor} onDone={select} />
          {doctor && <HoursEditor doctorId={doctor.id} />}
        </Panel>
      )}
    </Split>
  );
}
