import { existsSync } from "node:fs";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { canonicalJson, chainHash } from "@main/data/audit/chain.ts";
import type { NewAuditRecord } from "@main/data/audit/port.ts";
import { openSqliteAudit, type SqliteAudit } from "@main/data/documents/sqlite-audit.ts";
import type { Clock } from "@main/platform/clock.ts";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";

let minute = 0;
/** Each entry is a minute after the one before. */
const clock: Clock = {
  now: () => new Date(Date.UTC(2026, 0, 1) + 60_000 * minute++).toISOString(),
  monotonic: () => performance.now(),
};
const record = (more: Partial<NewAuditRecord> = {}): NewAuditRecord => ({
  phase: "event",
  requestId: "r1",
  action: "patients.getChart",
  actorId: "U000001",
  actorName: "Dr. Salma ‏سلمى‎",
  roles: ["doctor"],
  subject: { patientId: "P000001" },
  outcome: "ok",
  reason: null,
  ...more,
});
const anchorOf = (folder: string) => join(folder, "anchor", "audit-head.json");
const appendMany = (audit: SqliteAudit, count: number) =>
  Promise.all(Array.from({ length: count }, (_, index) => audit.append(record({ requestId: `r${index}` }))));

/** Changes the closed file as somebody with full rights to it would, past the triggers. */
function tamper(folder: string, change: (db: DatabaseSync) => void): void {
  const db = new DatabaseSync(join(folder, "audit.sqlite"));
  db.exec("DROP TRIGGER entries_follow; DROP TRIGGER entries_keep; DROP TRIGGER entries_stay");
  change(db);
  db.close();
}

async function verdictOf(folder: string) {
  const audit = await openSqliteAudit({ folder, clock });
  const verdict = await audit.verify();
  await audit.close();
  return verdict;
}

describe("the audit trail", () => {
  let folder: string;
  let audit: SqliteAudit;
  const reopen = async () => {
    await audit.close();
    audit = await openSqliteAudit({ folder, clock });
  };

  beforeEach(async () => {
    minute = 0;
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
    expect(await verdictOf(folder)).toEqual({ ok: true, checked: 7 });
    audit = await openSqliteAudit({ folder, clock });
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

/** Writes entry `seq` and all after it anew with right hashes, as somebody who knows the format would. */
function rewriteFrom(db: DatabaseSync, seq: number): void {
  const rows = db.prepare("SELECT seq, prev, body FROM entries WHERE seq >= ? ORDER BY seq").all(seq);
  let prev: string | null = null;
  for (const row of rows as { seq: number; prev: string; body: string }[]) {
    prev ??= row.prev;
    const body = canonicalJson({ ...JSON.parse(row.body), actorName: "nobody" });
    const hash = chainHash(prev, body);
    db.prepare("UPDATE entries SET prev = ?, hash = ?, body = ? WHERE seq = ?").run(prev, hash, body, row.seq);
    prev = hash;
  }
}

describe("the audit trail under tampering", () => {
  const LENGTH = 12;
  let original: string;

  beforeAll(async () => {
    original = await mkdtemp(join(tmpdir(), "audit-original-"));
    const audit = await openSqliteAudit({ folder: original, clock });
    await appendMany(audit, LENGTH);
    await audit.close();
  });
  afterAll(() => rm(original, { recursive: true }));

  /** The verdict on a copy that was changed so. */
  async function after(change: (db: DatabaseSync) => void) {
    const folder = await mkdtemp(join(tmpdir(), "audit-tampered-"));
    try {
      await cp(original, folder, { recursive: true });
      tamper(folder, change);
      return await verdictOf(folder);
    } finally {
      await rm(folder, { recursive: true });
    }
  }
  const anySeq = fc.integer({ min: 1, max: LENGTH });

  it("finds any single edit of any column, at its entry", async () => {
    const column = fc.constantFrom("body", "hash", "prev");
    await fc.assert(
      fc.asyncProperty(anySeq, column, fc.nat(), fc.constantFrom("0", "z", " ", '"', "}"), async (seq, name, position, letter) => {
        const verdict = await after((db) => {
          const { text } = db.prepare(`SELECT ${name} AS text FROM entries WHERE seq = ?`).get(seq) as { text: string };
          const at = position % text.length;
          const other = text[at] === letter ? "y" : letter;
          db.prepare(`UPDATE entries SET ${name} = ? WHERE seq = ?`).run(text.slice(0, at) + other + text.slice(at + 1), seq);
        });
        expect(verdict).toMatchObject({ ok: false, firstBad: seq, cause: "edited" });
      }),
      { numRuns: 40 },
    );
  });

  it("finds any deletion, at the first entry that is missing", async () => {
    await fc.assert(
      fc.asyncProperty(anySeq, fc.integer({ min: 1, max: LENGTH }), async (first, count) => {
        const verdict = await after((db) => db.prepare("DELETE FROM entries WHERE seq >= ? AND seq < ?").run(first, first + count));
        expect(verdict).toMatchObject({ ok: false, firstBad: first, cause: first + count > LENGTH ? "truncated" : "deleted" });
      }),
      { numRuns: 20 },
    );
  });

  it("finds a deletion after which the rest was numbered anew", async () => {
    const verdict = await after((db) => db.exec("DELETE FROM entries WHERE seq = 5; UPDATE entries SET seq = seq - 1 WHERE seq > 5"));
    expect(verdict).toMatchObject({ ok: false, firstBad: 5, cause: "edited" });
  });

  it("finds one entry written anew with its own hash made right", async () => {
    const verdict = await after((db) => {
      const { prev, body } = db.prepare("SELECT prev, body FROM entries WHERE seq = 7").get() as { prev: string; body: string };
      const forged = canonicalJson({ ...JSON.parse(body), actorId: "U000099" });
      db.prepare("UPDATE entries SET body = ?, hash = ? WHERE seq = 7").run(forged, chainHash(prev, forged));
    });
    expect(verdict).toMatchObject({ ok: false, firstBad: 7, cause: "edited" });
  });

  it("finds every entry written anew from any place on, by the anchor", async () => {
    await fc.assert(
      fc.asyncProperty(anySeq, async (seq) => {
        expect(await after((db) => rewriteFrom(db, seq))).toMatchObject({ ok: false, cause: "anchor-differs" });
      }),
      { numRuns: 12 },
    );
  });

  it("finds an entry slipped in behind the end without its right hash", async () => {
    const verdict = await after((db) => {
      const { hash, body } = db.prepare("SELECT hash, body FROM entries WHERE seq = 12").get() as { hash: string; body: string };
      const forged = canonicalJson({ ...JSON.parse(body), seq: 13, n: 13 });
      db.prepare("INSERT INTO entries (seq, prev, hash, body) VALUES (13, ?, ?, ?)").run(hash, chainHash("", forged), forged);
    });
    expect(verdict).toMatchObject({ ok: false, firstBad: 13, cause: "edited" });
  });

  it("answers ok for the untouched copy, so that the findings above are findings", async () => {
    expect(await after(() => {})).toEqual({ ok: true, checked: LENGTH });
  });
});
