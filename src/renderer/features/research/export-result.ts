import { callRoute } from "@renderer/lib/api.ts";

export type ExportFormat = "csv" | "json" | "ndjson";

export interface ExportedFile {
  filename: string;
  blob: Blob;
  rows: number;
  /** Small counts that the file does not show. */
  suppressed: number;
}

/** The whole kept result as a file, part by part; `onRows` hears how far it has come. Throws when the signal is aborted. */
export async function exportResult(
  queryId: string,
  format: ExportFormat,
  onRows: (rows: number) => void,
  signal: AbortSignal,
): Promise<ExportedFile> {
  const parts: string[] = [];
  let [filename, mediaType, rows, suppressed] = ["", "", 0, 0];
  let offset: number | null = 0;
  while (offset !== null) {
    signal.throwIfAborted();
    const part: Awaited<ReturnType<typeof nextPart>> = await nextPart(queryId, format, offset, signal);
    parts.push(part.content);
    rows += part.rows;
    suppressed += part.suppressed;
    ({ filename, mediaType, nextOffset: offset } = part);
    onRows(rows);
  }
  return { filename, blob: new Blob(parts, { type: mediaType }), rows, suppressed };
}

function nextPart(queryId: string, format: ExportFormat, offset: number, signal: AbortSignal) {
  return callRoute("research", "exportResult", { queryId, format, offset }, signal);
}
