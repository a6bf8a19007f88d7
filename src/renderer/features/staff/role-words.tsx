import type { UserRole } from "@shared/model/roles.ts";
import { useTranslation } from "react-i18next";
import styles from "./people.module.css";

/** Roles in words, side by side. */
export function RoleWords({ roles }: { roles: readonly UserRole[] }) {
  const { t } = useTranslation("shell");
  return (
    <span className={styles.roles}>
      {roles.map((role) => (
        <span key={role} className={styles.role}>
          {t(`roles.${role}`)}
        </span>
      ))}
    </span>
  );
}
