import { Menu } from "@mantine/core";
import { saveBlob } from "@renderer/lib/download.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useFormat } from "@renderer/lib/use-format.ts";
import { Button, Progress, toast } from "@renderer/ui/index.ts";
import { IconDownload, IconX } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useConsole } from "./console-store.ts";
import { type ExportFormat, exportResult } from "./export-result.ts";
import styles from "./research.module.css";

const FORMATS: readonly ExportFormat[] = ["csv", "json", "ndjson"];

/** Saves the whole result as a file, also the rows that were never scrolled to; it can be stopped. */
export function ExportMenu() {
  const { t } = useTranslation("research");
  const format = useFormat();
  const words = useErrorWords();
  const result = useConsole((state) => state.answered?.result ?? null);
  const [rows, setRows] = useState<number | null>(null);
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);

  const start = async (kind: ExportFormat) => {
    if (!result) return;
    const controller = new AbortController();
    stop.current = controller;
    setRows(0);
    try {
      const file = await exportResult(result.queryId, kind, setRows, controller.signal);
      saveBlob(file.blob, file.filename);
      const kept = t("export.done", { count: file.rows, rows: format.number(file.rows) });
      toast(file.suppressed > 0 ? `${kept} ${t("export.suppressed", { count: file.suppressed })}` : kept);
    } catch (error) {
      if (!controller.signal.aborted) toast(words(error).message);
    } finally {
      setRows(null);
    }
  };

  if (rows !== null && result)
    return (
      <span className={styles.exporting} role="status">
        <Progress value={result.rowCount === 0 ? null : rows / result.rowCount} label={t("export.progress")} />
        <Button icon={<IconX size={16} aria-hidden="true" />} onClick={() => stop.current?.abort()}>
          {t("export.stop", { rows: format.number(rows) })}
        </Button>
      </span>
    );
  return (
    <Menu position="bottom-end" returnFocus>
      <Menu.Target>
        <Button icon={<IconDownload size={16} aria-hidden="true" />} disabled={!result}>
          {result ? t("export.title") : t("export.nothing")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {FORMATS.map((kind) => (
          <Menu.Item key={kind} onClick={() => void start(kind)}>
            {t(`export.formats.${kind}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>{result?.masked ? t("export.masked") : t("export.whole")}</Menu.Label>
      </Menu.Dropdown>
    </Menu>
  );
}
