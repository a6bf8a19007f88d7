import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** The lines a child prints: all of them as they come, the first, and the moment after the last. */
export function readLines(child: ChildProcess) {
  const all: string[] = [];
  const reader = createInterface({ input: child.stdout as NonNullable<ChildProcess["stdout"]> });
  const ended = Promise.all([once(child, "exit"), once(reader, "close")]);
  const first = Promise.race([once(reader, "line").then(([line]) => String(line)), ended.then(() => "ended")]);
  reader.on("line", (line) => all.push(line));
  return { all, first, ended };
}
