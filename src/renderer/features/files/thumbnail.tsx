import { IconFile, IconFileTypePdf, IconPhoto } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import styles from "./files.module.css";
import type { MedicalFile } from "./types.ts";
import { useFileBytes, useObjectUrl } from "./use-file-bytes.ts";

/** Larger pictures are shown when they are opened; a list of them would fetch for minutes. */
const THUMBNAIL_BYTES = 12 * 1024 * 1024;

export const isImage = (file: Pick<MedicalFile, "filetype">) => file.filetype.startsWith("image/");

/** A small picture of the file once it is in sight, or the sign of its kind. */
export function Thumbnail({ file }: { file: MedicalFile }) {
  const place = useRef<HTMLSpanElement>(null);
  const seen = useSeen(place);
  const shown = isImage(file) && file.purgedAt === null && file.filesize <= THUMBNAIL_BYTES;
  const bytes = useFileBytes(file.id, shown && seen);
  const url = useObjectUrl(bytes.data);
  const Icon = file.filetype === "application/pdf" ? IconFileTypePdf : isImage(file) ? IconPhoto : IconFile;
  return (
    <span ref={place} className={styles.thumbnail}>
      {url ? <img src={url} alt="" className={styles.thumbnailImage} /> : <Icon size={24} aria-hidden="true" />}
    </span>
  );
}

/** True once the element has come into sight. */
function useSeen(place: React.RefObject<HTMLElement | null>): boolean {
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    const element = place.current;
    if (!element || seen) return;
    const observer = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && setSeen(true));
    observer.observe(element);
    return () => observer.disconnect();
  }, [place, seen]);
  return seen;
}
