import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const ENTRY = fileURLToPath(new URL("./store-writer.ts", import.meta.url));

/** A running `store-writer.ts` and the lines it has printed. */
export interface WriterChild {
  readonly child: ChildProcess;
  readonly lines: readonly string[];
  /** Resolves with the first line that starts so. */
  line(start: string): Promise<string>;
  /** Ends it as a power cut would, and waits until its last line is read. */
  kill(): Promise<void>;
}

/** Starts a process of its own that writes to a folder. */
export function startWriter(folder: string, prefix: string): WriterChild {
  const child = spawn(process.execPath, [ENTRY, folder, prefix], { stdio: ["ignore", "pipe", "inherit"] });
  const reader = createInterface({ input: child.stdout });
  const lines: string[] = [];
  reader.on("line", (line) => lines.push(line));
  const ended = Promise.all([once(child, "exit"), once(reader, "close")]);
  return {
    child,
    lines,
    async line(start) {
      for (;;) {
        const found = lines.find((line) => line.startsWith(start));
        if (found !== undefined) return found;
        if (await Promise.race([once(reader, "line").then(() => false), ended.then(() => true)])) {
          const last = lines.find((line) => line.startsWith(start));
          if (last !== undefined) return last;
          throw new Error(`The writer ended without "${start}": ${lines.at(-1) ?? "no line"}`);
        }
      }
    },
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
