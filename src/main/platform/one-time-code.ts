import { sha256 } from "./ids.ts";

/**
 * The hashes under which a code that somebody typed may be stored: letters in any case, with or without the hyphens of a
 * phrase (`ABCD-EF23`), with any spaces.
 */
export function hashesOfTypedCode(text: string): string[] {
  const bare = text
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, "");
  const grouped = bare.match(/.{1,4}/g)?.join("-") ?? "";
  return [...new Set([grouped, bare])].map(sha256);
}
