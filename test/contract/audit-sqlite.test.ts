import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { openSqliteAudit, type SqliteAudit } from "@main/data/documents/sqlite-audit.ts";
import type { Clock } from "@main/platform/clock.ts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { auditContract } from "./audit.contract.ts";
import { sqliteTrail } from "./audit-sqlite-trail.ts";
import { appendMany, minuteClock, record } from "./audit-trail.ts";

auditContract({ name: "sqlite", make: () => sqliteTrail() });

describe("the file of the audit trail", () => {
  let folder: string;
  let audit: SqliteAudit;
  let clock: Clock;

  beforeEach(async () => {
    clock = minuteClock();
    folder = await mkdtemp(join(tmpdir(), "audit-"));
    audit = await openSqliteAudit({ folder, clock });
  });
  afterEach(async () => {
    await audit.close();
    await rm(folder, { recursive: true });
  });

  it("lets nothing be changed or removed through the store", async () => {
    await appendMany(audit, 2);
    const db = new DatabaseSync(join(folder, "audit.sqlite"));
    expect(() => db.exec("UPDATE entries SET body = '{}'")).toThrow("append-only");
    expect(() => db.exec("DELETE FROM entries")).toThrow("append-only");
    expect(() => db.exec("INSERT OR REPLACE INTO entries (seq, prev, hash, body) VALUES (1, '', '', '{}')")).toThrow("append-only");
    db.close();
  });

  it("keeps its anchor where it is told to", async () => {
    const anchorFile = join(folder, "elsewhere", "head.json");
    const other = await openSqliteAudit({ folder: await mkdtemp(join(folder, "other-")), clock, anchorFile });
    await other.append(record());
    await other.close();
    expect(Object.values(JSON.parse(await readFile(anchorFile, "utf8")).heads)).toMatchObject([{ n: 1 }]);
  });

  it("finds that the whole trail was removed and begun anew", async () => {
    await appendMany(audit, 4);
    await audit.close();
    for (const suffix of ["", "-wal", "-shm"]) await rm(join(folder, `audit.sqlite${suffix}`), { force: true });
    audit = await openSqliteAudit({ folder, clock, expected: true });
    expect(audit.recovered).toMatchObject({ store: "audit", quarantine: null });
    expect(await audit.verify()).toEqual({ ok: false, checked: 0, firstBad: 1, cause: "truncated" });
    await appendMany(audit, 9);
    expect(await audit.verify()).toMatchObject({ ok: false, firstBad: 1, cause: "deleted" });
  });

  it("says what of a damaged file was saved, lists it, and finds the loss", async () => {
    await appendMany(audit, 400);
    await audit.close();
    const path = join(folder, "audit.sqlite");
    const bytes = await readFile(path);
    const middle = bytes.indexOf('"requestId":"r200"');
    bytes.fill(0xa5, middle - (middle % 4096), middle - (middle % 4096) + 4096);
    await writeFile(path, bytes);
    audit = await openSqliteAudit({ folder, clock });
    expect(audit.recovered?.report).toMatch(/Saved: 3\d\d entries/);
    expect(existsSync(join(audit.recovered?.quarantine ?? "", "audit.sqlite"))).toBe(true);
    expect((await audit.list({ limit: 500 })).length).toBeGreaterThan(300);
    expect(await audit.verify()).toMatchObject({ ok: false, cause: "deleted" });
    await audit.append(record());
    expect((await audit.list({ limit: 1 }))[0]?.seq).toBe(401);
  });

  it("refuses a trail that a newer version wrote, and touches nothing", async () => {
    await audit.close();
    const db = new DatabaseSync(join(folder, "audit.sqlite"));
    db.exec("PRAGMA user_version = 99");
    db.close();
    await expect(openSqliteAudit({ folder, clock })).rejects.toMatchObject({
      code: "store-unavailable",
      message: expect.stringContaining("layout 99"),
    });
  });

  it("verifies 30,000 entries in a second or two, and lets other calls through meanwhile", async ({ annotate }) => {
    for (let batch = 0; batch < 6; batch += 1) await appendMany(audit, 5000);
    const started = performance.now();
    let turns = 0;
    const ticking = setInterval(() => {
      turns += 1;
    }, 1);
    expect(await audit.verify()).toEqual({ ok: true, checked: 30_000 });
    clearInterval(ticking);
    const took = performance.now() - started;
    await annotate(`30,000 entries verified in ${Math.round(took)} ms`);
    expect(took).toBeLessThan(5000);
    expect(turns).toBeGreaterThan(5);
  });
});
