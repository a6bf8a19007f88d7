/**
 * A process that takes a data folder and writes to its documents and its audit trail until it is killed. It prints a line for each
 * write after it was acknowledged, so its parent knows what must be there afterwards.
 */
import { openSqliteDocuments } from "../../src/main/data/documents/sqlite.ts";
import { openSqliteAudit } from "../../src/main/data/documents/sqlite-audit.ts";
import { takeSqliteLock } from "../../src/main/data/documents/sqlite-lock.ts";
import { systemClock } from "../../src/main/platform/clock.ts";
import { lockFolder } from "../../src/main/platform/folder-lock.ts";
import { AppError } from "../../src/shared/define.ts";

const [folder = "", prefix = ""] = process.argv.slice(2);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

try {
  await lockFolder(folder, takeSqliteLock);
} catch (error) {
  say(error instanceof AppError ? `refused ${error.code} ${error.message}` : String(error));
  process.exit(3);
}
const counters = { name: "counters", unique: ["label"] } as const;
const documents = await openSqliteDocuments({ folder, specs: [counters] });
const audit = await openSqliteAudit({ folder, clock: systemClock });
const collection = documents.collection<{ id: string; label: string; filler: string }>(counters);
say("ready");

async function write(id: string): Promise<void> {
  await audit.append({
    phase: "intent",
    requestId: id,
    action: "test.write",
    actorId: null,
    actorName: null,
    roles: [],
    subject: {},
    outcome: null,
    reason: null,
  });
  say(`audited ${id}`);
  await collection.insert({ id, label: id, filler: "x".repeat(500) });
  say(`stored ${id}`);
}

for (let round = 0; ; round += 1) await Promise.all([0, 1, 2, 3].map((lane) => write(`${prefix}-${round}-${lane}`)));
