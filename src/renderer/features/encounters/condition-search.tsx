import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { type RouteOutput, useRouteQuery } from "@renderer/lib/api.ts";
import { Num } from "@renderer/ui/index.ts";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./note.module.css";

type Condition = RouteOutput<"encounters", "searchConditions">["items"][number];

interface ConditionSearchProps {
  label: string;
  busy?: boolean;
  error?: string;
  onPick(condition: Condition): void;
}

/** ICD-10-CM by words or by the start of a code. Groups are shown for orientation; only a code can be picked. */
export function ConditionSearch({ label, busy = false, error, onPick }: ConditionSearchProps) {
  const { t } = useTranslation("encounters");
  const [text, setText] = useState("");
  const [asked] = useDebouncedValue(text.trim(), 120);
  const query = useRouteQuery(
    "encounters",
    "searchConditions",
    { text: asked, limit: 20 },
    { enabled: asked.length > 1, staleTime: Number.POSITIVE_INFINITY, placeholderData: (before) => before },
  );
  const found = asked.length > 1 ? (query.data?.items ?? []) : [];
  const settled = asked === text.trim() && !query.isFetching;
  return (
    <Select
      className={styles.conditionSearch}
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={16} aria-hidden="true" />}
      data={found.map(({ code, title, billable }) => ({ value: code, label: `${code} ${title}`, disabled: !billable }))}
      filter={({ options }) => options}
      renderOption={({ option }) => (
        <span className={styles.option}>
          <Num className={styles.code}>{option.value}</Num>
          <span>{option.label.slice(option.value.length + 1)}</span>
          {option.disabled && <span className={styles.certainty}>{t("diagnoses.group")}</span>}
        </span>
      )}
      value={null}
      searchable
      searchValue={text}
      onSearchChange={setText}
      onChange={(code) => {
        const picked = found.find((condition) => condition.code === code);
        setText("");
        if (picked) onPick(picked);
      }}
      selectFirstOptionOnChange
      nothingFoundMessage={asked.length > 1 && settled ? t("diagnoses.nothing") : undefined}
      disabled={busy}
      error={error}
      rightSection={<span />}
      maxDropdownHeight={320}
    />
  );
}
