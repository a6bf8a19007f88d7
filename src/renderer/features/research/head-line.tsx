import { useFormat } from "@renderer/lib/use-format.ts";
import { Button } from "@renderer/ui/index.ts";
import { IconBookmark, IconDatabase, IconEye, IconEyeOff, IconInfoCircle, IconLock, IconRefresh } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useConsole } from "./console-store.ts";
import { ExportMenu } from "./export-menu.tsx";
import styles from "./research.module.css";
import type { Schema } from "./types.ts";

interface HeadLineProps {
  schema: Schema | null;
  refreshing: boolean;
  differences: boolean;
  canSave: boolean;
  onRefresh(): void;
  onDifferences(): void;
  onSave(): void;
}

const ICON = { size: 16, "aria-hidden": true as const };

/** What this console is and may: read only, what is masked, which engine answers; and what one does with a query. */
export function HeadLine({ schema, refreshing, differences, canSave, onRefresh, onDifferences, onSave }: HeadLineProps) {
  const { t } = useTranslation("research");
  return (
    <header className={styles.headLine}>
      <h1 className={styles.title}>{t("title")}</h1>
      <Mark icon={<IconLock {...ICON} />}>{t("head.readOnly")}</Mark>
      {schema && (
        <Mark icon={schema.masked ? <IconEyeOff {...ICON} /> : <IconEye {...ICON} />}>
          {schema.masked ? t("head.masked") : t("head.visible")}
        </Mark>
      )}
      {schema && <EngineMark schema={schema} refreshing={refreshing} onRefresh={onRefresh} />}
      <Button variant="quiet" icon={<IconInfoCircle {...ICON} />} aria-pressed={differences} onClick={onDifferences}>
        {schema?.engine.name === "neo4j" ? t("head.differencesHere") : t("head.differences")}
      </Button>
      <span className={styles.headActions}>
        <Button icon={<IconBookmark {...ICON} />} keys="Ctrl S" disabled={!canSave} onClick={onSave}>
          {t("head.save")}
        </Button>
        <ExportMenu />
      </span>
    </header>
  );
}

function Mark({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <span className={styles.mark}>
      {icon}
      {children}
    </span>
  );
}

function EngineMark({ schema, refreshing, onRefresh }: { schema: Schema; refreshing: boolean; onRefresh(): void }) {
  const { t } = useTranslation("research");
  const format = useFormat();
  const answeredBy = useConsole((state) => state.answered?.result.snapshotAt ?? null);
  if (schema.snapshotAt === null)
    return <Mark icon={<IconDatabase {...ICON} />}>{t("head.live", { version: schema.engine.version })}</Mark>;
  return (
    <button type="button" className={styles.markButton} disabled={refreshing} onClick={onRefresh} title={t("head.refreshHint")}>
      <IconDatabase {...ICON} />
      {t("head.snapshot", { time: format.time(answeredBy !== null && answeredBy > schema.snapshotAt ? answeredBy : schema.snapshotAt) })}
      <IconRefresh size={16} aria-label={refreshing ? t("head.refreshing") : t("head.refresh")} data-turning={refreshing || undefined} />
    </button>
  );
}
