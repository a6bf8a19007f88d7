const LEAD = 24;

/** A text around the first place where it says what was sought; where it says it only otherwise written, its beginning. */
export function snippetOf(text: string, sought: string): { before: string; match: string; after: string } {
  const flat = text.replace(/\s+/g, " ");
  const at = flat.toLocaleLowerCase().indexOf(sought.toLocaleLowerCase());
  if (at < 0 || sought === "") return { before: flat, match: "", after: "" };
  const from = Math.max(0, at - LEAD);
  return {
    before: (from > 0 ? "…" : "") + flat.slice(from, at),
    match: flat.slice(at, at + sought.length),
    after: flat.slice(at + sought.length),
  };
}
