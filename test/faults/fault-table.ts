import { mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";

/** What a fault was made to do, and what came of it. What was not looked at is left out. */
export interface Fault {
  fault: string;
  /** How often it was done. */
  times: number;
  lost?: number;
  doubled?: number;
  partial?: number;
  /** The longest that any caller waited for an answer, whatever it said. */
  longestCallMs?: number;
  /** From the end of the fault to the first call that succeeded. */
  recoveryMs?: number;
  /** Anything else that was measured, in words. */
  also?: string;
}

const FILE = fileURLToPath(new URL("../../artifacts/fault-table.txt", import.meta.url));
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

/** Collects the faults of one test file and tells them when it ends: as lines `fault: …`, and in `artifacts/fault-table.txt`. */
export function faultTable(part: string): (fault: Fault) => void {
  const faults: Fault[] = [];
  afterAll(async () => {
    const lines = faults.map((fault) => `fault: ${part}: ${inWords(fault)}`);
    for (const line of lines) console.log(line);
    await keep(lines);
  });
  return (fault) => void faults.push(fault);
}

function inWords({ fault, times, lost, doubled, partial, longestCallMs, recoveryMs, also }: Fault): string {
  const said = [
    `${times} ${times === 1 ? "time" : "times"}`,
    ...(lost === undefined ? [] : [`${lost} lost`]),
    ...(doubled === undefined ? [] : [`${doubled} doubled`]),
    ...(partial === undefined ? [] : [`${partial} partial`]),
    ...(longestCallMs === undefined ? [] : [`longest call ${seconds(longestCallMs)}`]),
    ...(recoveryMs === undefined ? [] : [`works again after ${seconds(recoveryMs)}`]),
    ...(also === undefined ? [] : [also]),
  ];
  return `${fault} | ${said.join(" | ")}`;
}

/** Lines of other faults stay: each run tells of its own anew. */
async function keep(lines: readonly string[]): Promise<void> {
  const nameOf = (line: string) => line.split(" | ")[0];
  const told = new Set(lines.map(nameOf));
  await mkdir(new URL(".", `file://${FILE}`), { recursive: true });
  const kept = await readFile(FILE, "utf8").catch(() => "");
  const others = kept.split("\n").filter((line) => line !== "" && !told.has(nameOf(line)));
  await writeFile(FILE, `${[...others, ...lines].sort().join("\n")}\n`);
}
