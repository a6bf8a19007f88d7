import { Checkbox } from "@mantine/core";
import { USER_ROLES, type UserRole } from "@shared/model/roles.ts";
import { useTranslation } from "react-i18next";
import styles from "./people.module.css";

/** Every role with a box; a person may hold several. */
export function RolesChoice({ value, onChange, label }: { value: readonly UserRole[]; onChange(roles: UserRole[]): void; label: string }) {
  const { t } = useTranslation("shell");
  return (
    <fieldset className={styles.checks}>
      <legend>{label}</legend>
      {USER_ROLES.map((role) => (
        <Checkbox
          key={role}
          label={t(`roles.${role}`)}
          checked={value.includes(role)}
          onChange={(event) => onChange(event.currentTarget.checked ? [...value, role] : value.filter((one) => one !== role))}
        />
      ))}
    </fieldset>
  );
}
