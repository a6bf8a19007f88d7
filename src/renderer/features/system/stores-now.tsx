import { useRouteCommand } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { Button, ConfirmDialog, Notice, Num, Section } from "@renderer/ui/index.ts";
import { IconRefresh } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./stores.module.css";
import type { Configuration } from "./stores-choice.tsx";
import system from "./system.module.css";

/** What counts now: who said it, where it is kept, and whether something else counts from the next start on. */
export function StoresNow({ configuration }: { configuration: Configuration }) {
  const { t } = useTranslation("system");
  const { file, keptBy, source, restartRequired, passwords } = configuration;
  const facts: [string, ReactNode][] = [
    [t("mode"), t(`stores.modes.${configuration.mode}`)],
    [t("stores.saidBy"), t(`stores.sources.${source}`)],
    [t("stores.file"), file ? <Num className={styles.code}>{file}</Num> : t("unknown")],
    [t("stores.passwordsIn"), t(`stores.keepers.${keptBy}`)],
    [t("stores.neo4j.password"), passwords.neo4j ? t("stores.isKept") : t("stores.isNotKept")],
    [t("stores.mongodb.password"), passwords.mongodb ? t("stores.isKept") : t("stores.isNotKept")],
  ];
  return (
    <Section title={t("stores.now")}>
      <div className={styles.now}>
        {restartRequired && <Notice>{t("stores.restartRequired")}</Notice>}
        {restartRequired && <Restart />}
        <dl className={system.facts}>
          {facts.map(([name, value]) => (
            <div key={name} className={system.fact}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </div>
    </Section>
  );
}

/** Starts the host anew with what was saved; everybody's windows go on by themselves. */
function Restart() {
  const { t } = useTranslation("system");
  const words = useErrorWords();
  const [asking, ask] = useState(false);
  const restart = useRouteCommand("system", "restart", { onSuccess: () => ask(false) });
  if (restart.isSuccess) return <Notice>{t("stores.restarting")}</Notice>;
  return (
    <>
      <Button className={styles.start} icon={<IconRefresh size={16} aria-hidden="true" />} onClick={() => ask(true)}>
        {t("stores.restart")}
      </Button>
      {asking && (
        <ConfirmDialog
          title={t("stores.restartTitle")}
          confirm={t("stores.restart")}
          busy={restart.isPending}
          onConfirm={() => restart.mutate({})}
          onClose={() => ask(false)}
        >
          {restart.error ? words(restart.error).message : t("stores.restartWords")}
        </ConfirmDialog>
      )}
    </>
  );
}
