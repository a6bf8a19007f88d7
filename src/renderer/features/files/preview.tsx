import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useFormat } from "@renderer/lib/use-format.ts";
import { Button, EmptyState, Loaded, Num, Skeleton } from "@renderer/ui/index.ts";
import { Viewer } from "@renderer/ui/viewer.tsx";
import { ZoomImage } from "@renderer/ui/zoom-image.tsx";
import { IconDownload, IconFile } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { isImage } from "./thumbnail.tsx";
import type { MedicalFile } from "./types.ts";
import { useFileBytes, useObjectUrl } from "./use-file-bytes.ts";
import { useSave } from "./use-save.ts";

const PdfPages = lazy(async () => ({ default: (await import("./pdf-pages.tsx")).PdfPages }));

interface PreviewProps {
  /** What can be leafed through with the arrow keys. */
  files: readonly MedicalFile[];
  fileId: string;
  onShow(fileId: string): void;
  onClose(): void;
}

/** One file in the whole window: a picture, the pages of a PDF, or what is known of it. */
export function Preview({ files, fileId, onShow, onClose }: PreviewProps) {
  const { t } = useTranslation("files");
  const format = useFormat();
  const save = useSave();
  const at = files.findIndex(({ id }) => id === fileId);
  const file = files[at];
  if (!file) return null;
  const step = (by: number) => {
    const other = files[at + by];
    return other && (() => onShow(other.id));
  };
  return (
    <Viewer
      title={<bdi>{file.filename}</bdi>}
      detail={
        <>
          <bdi>{format.date(format.dayOf(file.uploaddate))}</bdi> · <Num>{format.bytes(file.filesize)}</Num>
        </>
      }
      actions={
        <Button icon={<IconDownload size={16} aria-hidden="true" />} disabled={file.purgedAt !== null} onClick={() => save(file.id)}>
          {t(file.purgedAt === null ? "download" : "purged")}
        </Button>
      }
      onPrevious={step(-1)}
      onNext={step(1)}
      onClose={onClose}
    >
      <Content key={file.id} file={file} />
    </Viewer>
  );
}

function Content({ file }: { file: MedicalFile }) {
  const { t } = useTranslation("files");
  if (file.purgedAt !== null) return <EmptyState title={t("purged")}>{t("purgedWords")}</EmptyState>;
  if (isImage(file)) return <Picture file={file} />;
  if (file.filetype === "application/pdf") {
    return (
      <Suspense fallback={<Skeleton lines={10} tall />}>
        <PdfPages fileId={file.id} filename={file.filename} />
      </Suspense>
    );
  }
  return (
    <EmptyState icon={<IconFile size={32} aria-hidden="true" />} title={t("noPreview")}>
      {t("noPreviewWords")}
    </EmptyState>
  );
}

function Picture({ file }: { file: MedicalFile }) {
  const words = useErrorWords();
  const query = useFileBytes(file.id);
  const url = useObjectUrl(query.data);
  return (
    <Loaded query={query} words={words}>
      {() => url && <ZoomImage src={url} alt={file.description ?? file.filename} />}
    </Loaded>
  );
}
