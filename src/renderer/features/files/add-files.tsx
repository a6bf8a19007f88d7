import { useRouteQuery } from "@renderer/lib/api.ts";
import { useFormat } from "@renderer/lib/use-format.ts";
import { Button, Notice } from "@renderer/ui/index.ts";
import { FILE_BYTES_USUAL, FILE_EXTENSION, FILE_TYPES } from "@shared/model/file-types.ts";
import { IconCamera, IconFilePlus } from "@tabler/icons-react";
import { lazy, Suspense, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./files.module.css";
import { sendFiles } from "./store.ts";

const Camera = lazy(async () => ({ default: (await import("./camera.tsx")).Camera }));

interface AddFilesProps {
  patientId: string;
  observationId?: string | undefined;
  size?: "normal" | "touch";
}

/** Adds files by dropping them here, picking them, pasting, or with the camera. What cannot be taken is said at once. */
export function AddFiles({ patientId, observationId, size = "normal" }: AddFilesProps) {
  const { t } = useTranslation("files");
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [camera, setCamera] = useState(false);
  const take = useTake(patientId, observationId);
  return (
    <section
      className={styles.drop}
      data-over={over || undefined}
      data-testid="drop-files"
      aria-label={t("add.label")}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take.files([...event.dataTransfer.files]);
      }}
      onPaste={(event) => take.files([...event.clipboardData.files])}
    >
      <p className={styles.small}>{t("add.hint", { types: take.typeWords, size: take.sizeWords })}</p>
      <div className={styles.acts}>
        <Button size={size} icon={<IconFilePlus size={16} aria-hidden="true" />} onClick={() => input.current?.click()}>
          {t("add.pick")}
        </Button>
        <Button size={size} icon={<IconCamera size={16} aria-hidden="true" />} onClick={() => setCamera(true)}>
          {t("add.camera")}
        </Button>
      </div>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={take.accept}
        aria-label={t("add.pick")}
        onChange={(event) => {
          take.files([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = "";
        }}
      />
      {take.problems.map((problem) => (
        <Notice key={problem} tone="error">
          {problem}
        </Notice>
      ))}
      {camera && (
        <Suspense fallback={null}>
          <Camera onPhoto={(photo) => take.files([photo])} onClose={() => setCamera(false)} />
        </Suspense>
      )}
    </section>
  );
}

/** Sends what the clinic takes, and says which of the others it does not take. The host decides by content anyway. */
function useTake(patientId: string, observationId: string | undefined) {
  const { t } = useTranslation("files");
  const format = useFormat();
  const limits = useRouteQuery("files", "getLimits", {}, { staleTime: 60_000 }).data;
  const [problems, setProblems] = useState<string[]>([]);
  const maxBytes = limits?.maxBytes ?? FILE_BYTES_USUAL;
  const types = limits?.types ?? FILE_TYPES;
  return {
    problems,
    typeWords: types.map((type) => t(`types.${type.replace("/", "-") as "image-png"}`)).join(t("comma")),
    sizeWords: format.bytes(maxBytes),
    accept: types.flatMap((type) => [type, `.${FILE_EXTENSION[type]}`]).join(","),
    files(files: readonly File[]) {
      const tooLarge = files.filter((file) => file.size > maxBytes);
      const empty = files.filter((file) => file.size === 0);
      setProblems([
        ...tooLarge.map((file) => t("add.tooLarge", { name: file.name, size: format.bytes(maxBytes) })),
        ...empty.map((file) => t("add.empty", { name: file.name })),
      ]);
      sendFiles(
        files.filter((file) => file.size > 0 && file.size <= maxBytes),
        patientId,
        observationId,
      );
    },
  };
}
