import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { canonicalJson, chainHash } from "@main/data/audit/chain.ts";
import { openSqliteAudit } from "@main/data/documents/sqlite-audit.ts";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { appendMany, minuteClock, rewriteFrom, tamper } from "./audit-trail.ts";

async function verdictOf(folder: string) {
  const audit = await openSqliteAudit({ folder, clock: minuteClock() });
  const verdict = await audit.verify();
  await audit.close();
  return verdict;
}

describe("the audit trail under tampering", () => {
  const LENGTH = 12;
  let original: string;

  beforeAll(async () => {
    original = await mkdtemp(join(tmpdir(), "audit-original-"));
    const audit = await openSqliteAudit({ folder: original, clock: minuteClock() });
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
