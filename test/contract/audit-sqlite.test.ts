import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { openSqliteAudit, type SqliteAudit } from "@main/data/documents/sqlite-audit.ts";
import type { Clock } from "@main/platform/clock.ts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { anchorOf, appendMany, minuteClock, record, rewriteFrom, tamper } from "./audit-trail.ts";

describe("the audit trail", () => {
  let folder: string;
  let audit: SqliteAudit;
  let clock: Clock;
  const reopen = async () => {
    await audit.close();
    audit = await openSqliteAudit({ folder, clock });
  };

  beforeEach(async () => {
    clock = minuteClock();
    folder = await mkdtemp(join(tmpdir(), "audit-"));
    audit = await openSqliteAudit({ folder, clock });
  });
  afterEach(async () => {
    await audit.close();
    await rm(folder, { recursive: true });
  });

  it("verifies when it is new and empty, and when it was opened again", async () => {
    expect(await audit.verify()).toEqual({ ok: true, checked: 0 });
    await appendMany(audit, 3);
    await reopen();
    await audit.append(record());
    expect(await audit.verify()).toEqual({ ok: true, checked: 4 });
  });

  it("chains entries appended at the same time without a gap, in their order", async () => {
    await appendMany(audit, 300);
    const listed = await audit.list({ limit: 500 });
    expect(listed.map((entry) => entry.seq)).toEqual(Array.from({ length: 300 }, (_, index) => 300 - index));
    expect(listed.map((entry) => entry.requestId)).toEqual(Array.from({ length: 300 }, (_, index) => `r${299 - index}`));
    expect(await audit.verify()).toEqual({ ok: true, checked: 300 });
  });

  it("gives an entry back as it was appended, with its number and instant and nothing else", async () => {
    await audit.append(record());
    expect(await audit.list({ limit: 1 })).toEqual([{ ...record(), seq: 1, at: expect.stringMatching(/^2026-01-01T00:\d\d:00\.000Z$/) }]);
  });

  it("filters by time, action, actor, patient and outcome, newest first, page by page", async () => {
    await audit.append(record({ action: "session.signIn", subject: {} }));
    await audit.append(record({ actorId: "U000002" }));
    await audit.append(record({ subject: { patientId: "P000002" } }));
    await audit.append(record({ outcome: "forbidden" }));
    const [, third, second] = await audit.list({ limit: 3 });
    const seqs = async (filter: object) => (await audit.list({ limit: 10, ...filter })).map((entry) => entry.seq);
    expect(await seqs({ action: "session.signIn" })).toEqual([1]);
    expect(await seqs({ actorId: "U000002" })).toEqual([2]);
    expect(await seqs({ patientId: "P000002" })).toEqual([3]);
    expect(await seqs({ outcome: "forbidden" })).toEqual([4]);
    expect(await seqs({ from: second?.at, to: third?.at })).toEqual([2]);
    expect(await seqs({ before: 3, limit: 1 })).toEqual([2]);
    expect(await seqs({ action: "'; DROP TABLE entries; --" })).toEqual([]);
  });

  it("lets nothing be changed or removed through the store", async () => {
    await appendMany(audit, 2);
    const db = new DatabaseSync(join(folder, "audit.sqlite"));
    expect(() => db.exec("UPDATE entries SET body = '{}'")).toThrow("append-only");
    expect(() => db.exec("DELETE FROM entries")).toThrow("append-only");
    expect(() => db.exec("INSERT OR REPLACE INTO entries (seq, prev, hash, body) VALUES (1, '', '', '{}')")).toThrow("append-only");
    db.close();
  });

  it("anchors its head in a file outside the store, at most a moment later", async () => {
    await appendMany(audit, 5);
    await expect
      .poll(async () => JSON.parse(await readFile(anchorOf(folder), "utf8")).heads, { timeout: 3000 })
      .toEqual({ [writerOf(folder)]: { n: 5, seq: 5, hash: expect.stringMatching(/^[0-9a-f]{64}$/), at: expect.any(String) } });
  });

  it("keeps its anchor where it is told to", async () => {
    const anchorFile = join(folder, "elsewhere", "head.json");
    const other = await openSqliteAudit({ folder: await mkdtemp(join(folder, "other-")), clock, anchorFile });
    await other.append(record());
    await other.close();
    expect(Object.values(JSON.parse(await readFile(anchorFile, "utf8")).heads)).toMatchObject([{ n: 1 }]);
  });

  it("verifies when a crash left the anchor behind the chain", async () => {
    await appendMany(audit, 3);
    await audit.close();
    const old = await readFile(anchorOf(folder), "utf8");
    audit = await openSqliteAudit({ folder, clock });
    await appendMany(audit, 4);
    await audit.close();
    await writeFile(anchorOf(folder), old);
    audit = await openSqliteAudit({ folder, clock });
    expect(await audit.verify()).toEqual({ ok: true, checked: 7 });
    await appendMany(audit, 1);
    expect(await audit.verify()).toEqual({ ok: true, checked: 8 });
  });

  it("finds that the anchor is gone, also after it went on and was restarted", async () => {
    await appendMany(audit, 3);
    await audit.close();
    await rm(anchorOf(folder));
    audit = await openSqliteAudit({ folder, clock });
    expect(await audit.verify()).toMatchObject({ ok: false, cause: "anchor-missing" });
    await appendMany(audit, 3);
    await reopen();
    expect(await audit.verify()).toMatchObject({ ok: false, cause: "anchor-missing" });
  });

  it("finds that the anchor was removed while it runs, and does not hide it by the next entry", async () => {
    await appendMany(audit, 3);
    await sleep(400);
    await rm(anchorOf(folder));
    expect(await audit.verify()).toMatchObject({ ok: false, cause: "anchor-missing" });
    await appendMany(audit, 1);
    await reopen();
    expect(await audit.verify()).toMatchObject({ ok: false, cause: "anchor-missing" });
  });

  it("goes on, and still tells, when the anchor is garbage", async () => {
    await appendMany(audit, 2);
    await audit.close();
    await writeFile(anchorOf(folder), '{"format":1,"heads":{"x":');
    audit = await openSqliteAudit({ folder, clock });
    await appendMany(audit, 1);
    expect(await audit.verify()).toMatchObject({ ok: false, cause: "anchor-missing" });
  });

  it("keeps the gap in sight when entries are appended after a truncation", async () => {
    await appendMany(audit, 6);
    await audit.close();
    tamper(folder, (db) => db.exec("DELETE FROM entries WHERE seq > 4"));
    audit = await openSqliteAudit({ folder, clock });
    expect(await audit.verify()).toEqual({ ok: false, checked: 4, firstBad: 5, cause: "truncated" });
    await appendMany(audit, 20);
    await reopen();
    await appendMany(audit, 1);
    expect(await audit.verify()).toMatchObject({ ok: false, firstBad: 5, cause: "deleted" });
    expect((await audit.list({ limit: 1 }))[0]?.seq).toBe(27);
  });

  it("keeps a rewritten end in sight when entries are appended behind it", async () => {
    await appendMany(audit, 4);
    await audit.close();
    tamper(folder, (db) => rewriteFrom(db, 3));
    audit = await openSqliteAudit({ folder, clock });
    expect(await audit.verify()).toMatchObject({ ok: false, firstBad: 4, cause: "anchor-differs" });
    await appendMany(audit, 5);
    await reopen();
    expect(await audit.verify()).toMatchObject({ ok: false, firstBad: 4, cause: "edited" });
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

function writerOf(folder: string): string {
  const db = new DatabaseSync(join(folder, "audit.sqlite"), { readOnly: true });
  const { value } = db.prepare("SELECT value FROM meta WHERE name = 'writer'").get() as { value: string };
  db.close();
  return value;
}
