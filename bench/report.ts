import type { Figure } from "./measure.ts";

/** The figures of an earlier run, by name. */
export interface Baseline {
  machine: string;
  figures: Record<string, { value: number; unit: string }>;
}

/** By how much a figure may differ from the baseline before it is told: shared machines vary. */
const TOLERANCE = 1.5;
const NAME_WIDTH = 52;
/** What the names of figures begin with that were measured on servers, or beside them. */
const ON_SERVERS = /^(Neo4j|MongoDB|mongo-java-server|SQLite|servers): /;

/** One line of the table: name, value, goal, how it came about. */
export function line({ name, value, unit, goal, note = "" }: Figure): string {
  const wanted = goal === undefined ? "" : "atMost" in goal ? `≤ ${goal.atMost}` : `≥ ${goal.atLeast}`;
  return `${name.padEnd(NAME_WIDTH)} ${shown(value).padStart(9)} ${unit.padEnd(3)} ${wanted.padEnd(7)} ${note}`.trimEnd();
}

export function missedGoals(figures: readonly Figure[]): string[] {
  return figures
    .filter(({ value, goal }) => goal !== undefined && ("atMost" in goal ? value > goal.atMost : value < goal.atLeast))
    .map((figure) => line(figure).replace(/\s+/g, " "));
}

/** The baseline after a run: its own kind of figures (on servers or embedded) is replaced, the other stays. */
export function newBaseline({ figures: before }: Baseline, machine: string, figures: readonly Figure[], servers: boolean): Baseline {
  const kept = Object.entries(before).filter(([name]) => ON_SERVERS.test(name) !== servers);
  const measured = figures.map(({ name, value, unit }) => [name, { value: Number(value.toPrecision(4)), unit }] as const);
  return { machine, figures: Object.fromEntries([...kept, ...measured]) };
}

/** Figures that are worse than the baseline by more than the tolerance, in words. */
export function regressions(figures: readonly Figure[], { figures: before }: Baseline): string[] {
  return figures.flatMap(({ name, value, unit, goal }) => {
    const earlier = before[name]?.value;
    if (earlier === undefined || earlier <= 0 || value <= 0) return [];
    const moreIsBetter = unit === "/s" || (goal !== undefined && "atLeast" in goal);
    const times = moreIsBetter ? earlier / value : value / earlier;
    return times > TOLERANCE ? [`${name}: ${shown(value)} ${unit}, was ${shown(earlier)} ${unit} (${times.toFixed(1)} × worse)`] : [];
  });
}

function shown(value: number): string {
  if (Number.isInteger(value)) return value.toLocaleString("en");
  return value >= 100 ? value.toFixed(0) : value.toFixed(2);
}
