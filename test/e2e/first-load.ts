import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

export interface FirstLoad {
  files: { file: string; gzipBytes: number }[];
  totalGzipBytes: number;
}

/** The scripts that the page needs before the first screen: its entry, and what that imports without waiting. */
export function firstLoad(folder: string): FirstLoad {
  const page = readFileSync(join(folder, "index.html"), "utf8");
  const waiting = [...page.matchAll(/(?:src|href)="\.?\/?(assets\/[^"]+\.js)"/g)].map((found) => found[1] as string);
  const seen = new Set<string>();
  while (waiting.length > 0) {
    const file = waiting.pop() as string;
    if (seen.has(file)) continue;
    seen.add(file);
    const script = readFileSync(join(folder, file), "utf8");
    for (const found of script.matchAll(/(?:^|[;}\n])(?:import|export)[^"';()]*?["']\.\/([^"']+\.js)["']/g))
      waiting.push(`assets/${found[1]}`);
  }
  const files = [...seen].map((file) => ({ file, gzipBytes: gzipSync(readFileSync(join(folder, file)), { level: 9 }).length }));
  return { files, totalGzipBytes: files.reduce((sum, { gzipBytes }) => sum + gzipBytes, 0) };
}
