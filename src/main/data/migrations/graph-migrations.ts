import findMigrationsText from "@cypher/schema/find-migrations.cypher?raw";
import recordMigrationText from "@cypher/schema/record-migration.cypher?raw";
import type { GraphPort, Statement } from "@main/data/graph/port.ts";
import { statement } from "@main/data/graph/statement.ts";
import type { Clock } from "@main/platform/clock.ts";
import { sha256 } from "@main/platform/ids.ts";
import { AppError } from "@shared/define.ts";

/** One ordered step of the graph's schema: `cypher/schema/NNNN-name.cypher`. */
export interface SchemaStep {
  version: number;
  name: string;
  statements: string[];
  checksum: string;
}

const findMigrations = statement("schema/find-migrations", findMigrationsText);
const recordMigration = statement("schema/record-migration", recordMigrationText);

const files = import.meta.glob<string>("../../../../cypher/schema/[0-9][0-9][0-9][0-9]-*.cypher", {
  query: "?raw",
  import: "default",
  eager: true,
});

const SCHEMA_STEPS: readonly SchemaStep[] = readSteps(files);

/** A newer program has migrated the graph: this one must not touch it. */
export class NewerSchema extends AppError {}

/** The schema this program works with: the highest step it knows. */
export const SCHEMA_VERSION = SCHEMA_STEPS.at(-1)?.version ?? 0;

/** Reads steps from schema files by path: comments go, statements end at `;`. Throws when two files claim one version. */
export function readSteps(texts: Readonly<Record<string, string>>): SchemaStep[] {
  const steps = Object.entries(texts).map(([path, text]) => {
    const [, digits, name] = /(\d{4})-([^/]+)\.cypher$/.exec(path) ?? [];
    if (digits === undefined || name === undefined) throw new AppError("internal", `${path} is not named like a schema step`);
    const statements = splitStatements(text);
    return { version: Number(digits), name, statements, checksum: sha256(statements.join(";\n")) };
  });
  steps.sort((a, b) => a.version - b.version);
  const twice = steps.find((step, index) => steps[index - 1]?.version === step.version);
  if (twice !== undefined) throw new AppError("internal", `Two schema files claim version ${twice.version}`);
  return steps;
}

/**
 * Brings the graph's schema to this program's version and answers how many steps that took. A step that fails is
 * taken again from its start at the next call: its statements are all `IF NOT EXISTS`. Throws NewerSchema
 * (`store-unavailable`) for a graph that a newer program has migrated.
 */
export async function migrateGraph(
  graph: GraphPort,
  clock: Clock,
  steps: readonly SchemaStep[] = SCHEMA_STEPS,
): Promise<{ version: number; applied: number }> {
  const known = steps.at(-1)?.version ?? 0;
  const taken = await graph.read((reader) => reader.query<{ version: number; checksum: string }>(findMigrations));
  const found = taken.at(-1)?.version ?? 0;
  if (found > known) {
    throw new NewerSchema("store-unavailable", `The graph has schema ${found}, this program knows only ${known}: use the newer program`);
  }
  const checksums = new Map(taken.map((row) => [row.version, row.checksum]));
  const due = steps.filter((step) => checksums.get(step.version) !== step.checksum);
  for (const step of due) await take(graph, step, clock);
  return { version: known, applied: due.length };
}

/** A schema statement is a transaction of its own: no engine mixes it with data. */
async function take(graph: GraphPort, step: SchemaStep, clock: Clock): Promise<void> {
  const { version, name, checksum } = step;
  for (const [index, text] of step.statements.entries()) {
    const change: Statement = { name: `schema/${name} statement ${index + 1}`, text, writes: true };
    await graph.write((writer) => writer.execute(change));
  }
  await graph.write((writer) => writer.execute(recordMigration, { version, name, checksum, appliedAt: clock.now() }));
}

function splitStatements(text: string): string[] {
  return text
    .replace(/^\s*\/\/.*$/gm, "")
    .split(";")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}
