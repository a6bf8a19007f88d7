import { FieldRow, PasswordField, Section, TextField } from "@renderer/ui/index.ts";
import type { ReactNode } from "react";
import type { Control } from "react-hook-form";
import { useTranslation } from "react-i18next";
import type { ServerName, ServersForm, ServersTyped } from "./servers-values.ts";
import styles from "./stores.module.css";

interface ServerFieldsProps {
  server: ServerName;
  control: Control<ServersForm, unknown, ServersTyped>;
  /** A password is kept already: left empty, it stays. */
  passwordKept: boolean;
  readOnly: boolean;
  /** The test of this server, at the head and under the fields. */
  action: ReactNode;
  report: ReactNode;
}

/** How one server is reached: address, who signs in, database, certificate authority. */
export function ServerFields({ server, control, passwordKept, readOnly, action, report }: ServerFieldsProps) {
  const { t } = useTranslation("system");
  const own = { control, disabled: readOnly };
  return (
    <Section title={t(`stores.${server}.title`)} actions={action}>
      <div className={styles.fields}>
        <p className={styles.muted}>{t(`stores.${server}.holds`)}</p>
        <TextField {...own} name={`${server}.uri`} label={t("stores.uri")} description={t(`stores.${server}.uriHint`)} required ltr />
        <FieldRow>
          <TextField
            {...own}
            name={`${server}.user`}
            label={t("stores.user")}
            required={server === "neo4j"}
            nullable={server === "mongodb"}
            ltr
          />
          {!readOnly && (
            <PasswordField
              {...own}
              name={`${server}.password`}
              label={t("stores.password")}
              description={passwordKept ? t("stores.passwordKept") : undefined}
              visibilityLabel={t("stores.showPassword")}
              autoComplete="new-password"
            />
          )}
        </FieldRow>
        <FieldRow>
          <TextField {...own} name={`${server}.database`} label={t("stores.database")} required ltr />
          <TextField {...own} name={`${server}.caFile`} label={t("stores.caFile")} description={t("stores.caFileHint")} nullable ltr />
        </FieldRow>
        {report}
      </div>
    </Section>
  );
}
