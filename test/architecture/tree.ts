import { readdirSync, readFileSync } from "node:fs";
import { ROOT } from "./cruise.ts";

/** Files below a folder of the repository whose path matches, sorted, as paths from the root; fixtures left out. */
export function filesUnder(folder: string, matching: RegExp): string[] {
  return readdirSync(`${ROOT}/${folder}`, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(ROOT.length + 1))
    .filter((path) => matching.test(path) && !path.startsWith("test/architecture/fixtures/"))
    .toSorted();
}

export function textOf(path: string): string {
  return readFileSync(`${ROOT}/${path}`, "utf8");
}

/** `path:line` of every line that matches, in every file. */
export function linesMatching(files: readonly string[], pattern: RegExp): string[] {
  return files.flatMap((file) =>
    textOf(file)
      .split("\n")
      .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1} ${line.trim()}`] : [])),
  );
}
