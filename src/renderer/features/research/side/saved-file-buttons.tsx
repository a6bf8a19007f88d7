import { callRoute, queryClient, routeKey, toAppError } from "@renderer/lib/api.ts";
import { saveBlob } from "@renderer/lib/download.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { Button } from "@renderer/ui/index.ts";
import { IconDownload, IconUpload } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { SavedQuery } from "../types.ts";
import { type EntryFault, FILE_BYTES_MAX, type FileEntry, readSavedFile, savedFile } from "./saved-file.ts";
import styles from "./side.module.css";

type Told = EntryFault | { at: number; name: string; fault: "refused"; words: string };
interface Outcome {
  taken: number;
  faults: Told[];
  /** Why nothing of the file could be read. */
  whole: "not-json" | "other-format" | "too-large" | null;
}

/** Saved queries to a file and back; each entry that is not taken is told with its reason. */
export function SavedFileButtons({ queries }: { queries: readonly SavedQuery[] }) {
  const { t } = useTranslation("research");
  const words = useErrorWords();
  const input = useRef<HTMLInputElement>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [busy, setBusy] = useState(false);
  const mine = queries.filter((query) => query.mine);

  const save = async (entry: FileEntry, at: number): Promise<Told | null> => {
    try {
      await callRoute("research", "saveQuery", entry);
      return null;
    } catch (error) {
      return { at, name: entry.name, fault: "refused", words: words(toAppError(error)).message };
    }
  };
  const take = async (file: File) => {
    if (file.size > FILE_BYTES_MAX) return setOutcome({ taken: 0, faults: [], whole: "too-large" });
    setBusy(true);
    const { items } = await callRoute("research", "listSavedQueries", {});
    const read = readSavedFile(await file.text(), items);
    if (!read.ok) {
      setOutcome({ taken: 0, faults: [], whole: read.fault });
    } else {
      const refused: Told[] = [];
      for (const [index, entry] of read.entries.entries()) refused.push(...[await save(entry, index + 1)].filter((told) => told !== null));
      setOutcome({ taken: read.entries.length - refused.length, faults: [...read.faults, ...refused], whole: null });
      await queryClient.invalidateQueries({ queryKey: routeKey("research", "listSavedQueries") });
    }
    setBusy(false);
  };

  return (
    <div className={styles.files}>
      <div className={styles.fileButtons}>
        <Button icon={<IconUpload size={16} aria-hidden="true" />} busy={busy} onClick={() => input.current?.click()}>
          {t("savedFile.import")}
        </Button>
        <Button
          icon={<IconDownload size={16} aria-hidden="true" />}
          disabled={mine.length === 0}
          onClick={() => saveBlob(new Blob([savedFile(mine)], { type: "application/json" }), "polyclinic-queries.json")}
        >
          {t("savedFile.export")}
        </Button>
      </div>
      <input
        ref={input}
        type="file"
        accept="application/json,.json"
        hidden
        aria-label={t("savedFile.import")}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = "";
          if (file)
            void take(file).catch((error: unknown) => {
              setBusy(false);
              setOutcome({ taken: 0, faults: [{ at: 0, name: file.name, fault: "refused", words: words(error).message }], whole: null });
            });
        }}
      />
      {outcome && <Told outcome={outcome} />}
    </div>
  );
}

function Told({ outcome }: { outcome: Outcome }) {
  const { t } = useTranslation("research");
  if (outcome.whole) return <p role="alert">{t(`savedFile.faults.${outcome.whole}`)}</p>;
  return (
    <div role="status" className={styles.told}>
      <p>{t("savedFile.taken", { count: outcome.taken })}</p>
      <ul>
        {outcome.faults.map((fault) => (
          <li key={`${fault.at}${fault.fault}`}>
            {fault.at}. <bdi>{fault.name ?? t("savedFile.nameless")}</bdi>:{" "}
            {fault.fault === "refused"
              ? fault.words
              : fault.fault === "duplicate"
                ? t("savedFile.faults.duplicate")
                : t("savedFile.faults.invalid", { field: fault.field ?? "?" })}
          </li>
        ))}
      </ul>
    </div>
  );
}
