/** Bytes from `from` up to, not with, `to`. */
export interface Range {
  from: number;
  to: number;
}

interface Ranged {
  filesize: number;
  sha256: string;
}

/** The content's own name: a file never changes under its id. */
export const etagOf = ({ sha256 }: Pick<Ranged, "sha256">): string => `"${sha256}"`;

/**
 * The part that `Range` asks for; null for the whole: without the header, with one that is not understood (several ranges too), and
 * where `If-Range` names other content.
 */
export function rangeOf(range: string | undefined, ifRange: string | undefined, file: Ranged): Range | "unsatisfiable" | null {
  const match = /^bytes=(\d{0,16})-(\d{0,16})$/.exec(range?.trim() ?? "");
  if (!match || (ifRange !== undefined && ifRange !== etagOf(file))) return null;
  const [, first = "", last = ""] = match;
  if (first === "" && last === "") return null;
  if (first === "") {
    const wanted = Math.min(Number(last), file.filesize);
    return wanted === 0 ? "unsatisfiable" : { from: file.filesize - wanted, to: file.filesize };
  }
  const from = Number(first);
  const end = last === "" ? file.filesize - 1 : Number(last);
  if (last !== "" && end < from) return null;
  return from >= file.filesize ? "unsatisfiable" : { from, to: Math.min(end + 1, file.filesize) };
}

/** Always saved, never shown in place: the name in UTF-8 (RFC 5987), and in plain letters for what does not know that. */
export function contentDisposition(filename: string): string {
  const plain = filename.replace(/[^\x20-\x7e]|["\\%]/g, "_");
  const encoded = encodeURIComponent(filename.toWellFormed()).replace(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
