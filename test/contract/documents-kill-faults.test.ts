import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openSqliteDocuments } from "@main/data/documents/sqlite.ts";
import { openSqliteAudit } from "@main/data/documents/sqlite-audit.ts";
import { systemClock } from "@main/platform/clock.ts";
import { describe, expect, it } from "vitest";
import { startWriter } from "./writer-child.ts";

const KILLS = 20;
const counters = { name: "counters", unique: ["label"] } as const;

/** What the stores of a folder hold, after the checks that every opening makes. */
async function readFolder(folder: string) {
  const documents = await openSqliteDocuments({ folder, specs: [counters], expected: true });
  const audit = await openSqliteAudit({ folder, clock: systemClock, expected: true });
  try {
    const stored = await documents.collection<{ id: string; label: string }>(counters).find({});
    const audited = await audit.list({ action: "test.write", limit: 1_000_000 });
    return {
      recovered: [documents.recovered, audit.recovered],
      verdict: await audit.verify(),
      stored: new Set(stored.map((document) => document.id)),
      audited: new Set(audited.map((entry) => entry.requestId)),
    };
  } finally {
    await audit.close();
    await documents.close();
  }
}

describe("a writer that is killed", () => {
  it(`loses nothing acknowledged in ${KILLS} kills, leaves nothing partial, and its trail verifies each time`, {
    timeout: 300_000,
  }, async () => {
    const folder = await mkdtemp(join(tmpdir(), "killed-"));
    const stored: string[] = [];
    const audited: string[] = [];
    for (let round = 0; round < KILLS; round += 1) {
      const writer = startWriter(folder, `k${round}`);
      await writer.line("stored");
      await sleep(Math.random() * 60);
      await writer.kill();
      for (const line of writer.lines) {
        const [verb, id = ""] = line.split(" ");
        if (verb === "stored") stored.push(id);
        if (verb === "audited") audited.push(id);
      }
      const found = await readFolder(folder);
      expect(found.recovered).toEqual([null, null]);
      expect(found.verdict).toMatchObject({ ok: true });
      expect(stored.filter((id) => !found.stored.has(id))).toEqual([]);
      expect(audited.filter((id) => !found.audited.has(id))).toEqual([]);
      // Intent before act: a document without its entry cannot be.
      expect([...found.stored].filter((id) => !found.audited.has(id))).toEqual([]);
    }
    expect(stored.length).toBeGreaterThan(KILLS * 4);
    await rm(folder, { recursive: true });
  });
});
