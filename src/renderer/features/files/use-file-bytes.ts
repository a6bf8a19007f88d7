import { filePath } from "@renderer/lib/download.ts";
import { refusalOf } from "@renderer/lib/upload.ts";
import { AppError } from "@shared/define.ts";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";

/** Kept while it may be looked at again; bytes of a file never change. */
const KEPT_MS = 120_000;

/** The bytes of a file for a preview. Not under the key of the files' routes: a change in the list makes no bytes stale. */
export function useFileBytes(fileId: string, wanted = true) {
  return useQuery<Blob, AppError>({
    queryKey: ["file-bytes", fileId],
    queryFn: async ({ signal }) => {
      const path = await filePath(fileId, signal);
      if (path === null) throw new AppError("not-found", "The bytes of this file are gone.");
      const answer = await fetch(path, { signal });
      if (!answer.ok) throw refusalOf(await answer.text());
      return answer.blob();
    },
    enabled: wanted,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: KEPT_MS,
  });
}

/** An address of these bytes for an image, as long as the screen shows it. */
export function useObjectUrl(blob: Blob | undefined): string | null {
  const url = useMemo(() => (blob ? URL.createObjectURL(blob) : null), [blob]);
  useEffect(() => {
    if (url === null) return;
    return () => URL.revokeObjectURL(url);
  }, [url]);
  return url;
}
