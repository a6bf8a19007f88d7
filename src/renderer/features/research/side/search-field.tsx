import { TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import styles from "./side.module.css";

/** Filters the list below it. */
export function SearchField({ label, value, onChange }: { label: string; value: string; onChange(value: string): void }) {
  return (
    <div className={styles.search}>
      <TextInput
        aria-label={label}
        placeholder={label}
        leftSection={<IconSearch size={16} />}
        value={value}
        spellCheck={false}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </div>
  );
}
