import { readFile, rm, writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { AuditPort } from "@main/data/audit/port.ts";
import type { Clock } from "@main/platform/clock.ts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { appendMany, minuteClock, record, rewriteFrom, type TrailEngine, type TrailUnderTest } from "./audit-trail.ts";

/** What every audit trail must do, whatever keeps it. */
export function auditContract(engine: TrailEngine): void {
  describe(`the audit trail on ${engine.name}`, () => {
    let trail: TrailUnderTest;
    let audit: AuditPort;
    let clock: Clock;
    const reopen = async (between: () => unknown = () => undefined) => {
      await audit.close();
      await between();
      audit = await trail.open(clock);
    };

    beforeEach(async () => {
      clock = minuteClock();
      trail = await engine.make();
      audit = await trail.open(clock);
    });
    afterEach(async () => {
      await audit.close();
      await trail.end();
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
      expect(await audit.list({ limit: 0 })).toEqual([]);
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
      expect(await seqs({ action: "$ne" })).toEqual([]);
    });

    it("anchors its head in a file outside the store, at most a moment later", async () => {
      await appendMany(audit, 5);
      await expect
        .poll(async () => JSON.parse(await readFile(trail.anchorFile, "utf8")).heads, { timeout: 3000 })
        .toEqual({ [trail.writer()]: { n: 5, seq: 5, hash: expect.stringMatching(/^[0-9a-f]{64}$/), at: expect.any(String) } });
    });

    it("verifies when a crash left the anchor behind the chain", async () => {
      await appendMany(audit, 3);
      await reopen();
      const old = await readFile(trail.anchorFile, "utf8");
      await appendMany(audit, 4);
      await reopen(() => writeFile(trail.anchorFile, old));
      expect(await audit.verify()).toEqual({ ok: true, checked: 7 });
      await appendMany(audit, 1);
      expect(await audit.verify()).toEqual({ ok: true, checked: 8 });
    });

    it("finds that the anchor is gone, also after it went on and was restarted", async () => {
      await appendMany(audit, 3);
      await reopen(() => rm(trail.anchorFile));
      expect(await audit.verify()).toMatchObject({ ok: false, cause: "anchor-missing" });
      await appendMany(audit, 3);
      await reopen();
      expect(await audit.verify()).toMatchObject({ ok: false, cause: "anchor-missing" });
    });

    it("finds that the anchor was removed while it runs, and does not hide it by the next entry", async () => {
      await appendMany(audit, 3);
      await sleep(400);
      await rm(trail.anchorFile);
      expect(await audit.verify()).toMatchObject({ ok: false, cause: "anchor-missing" });
      await appendMany(audit, 1);
      await reopen();
      expect(await audit.verify()).toMatchObject({ ok: false, cause: "anchor-missing" });
    });

    it("goes on, and still tells, when the anchor is garbage", async () => {
      await appendMany(audit, 2);
      await reopen(() => writeFile(trail.anchorFile, '{"format":1,"heads":{"x":'));
      await appendMany(audit, 1);
      expect(await audit.verify()).toMatchObject({ ok: false, cause: "anchor-missing" });
    });

    it("keeps the gap in sight when entries are appended after a truncation", async () => {
      await appendMany(audit, 6);
      await reopen(() => trail.remove(5, 6));
      expect(await audit.verify()).toEqual({ ok: false, checked: 4, firstBad: 5, cause: "truncated" });
      await appendMany(audit, 20);
      await reopen();
      await appendMany(audit, 1);
      expect(await audit.verify()).toMatchObject({ ok: false, firstBad: 5, cause: "deleted" });
      expect((await audit.list({ limit: 1 }))[0]?.seq).toBe(27);
    });

    it("keeps a rewritten end in sight when entries are appended behind it", async () => {
      await appendMany(audit, 4);
      await reopen(() => rewriteFrom(trail, 3));
      expect(await audit.verify()).toMatchObject({ ok: false, firstBad: 4, cause: "anchor-differs" });
      await appendMany(audit, 5);
      await reopen();
      expect(await audit.verify()).toMatchObject({ ok: false, firstBad: 4, cause: "edited" });
    });

    it("refuses an append once it is closed, and writes what was waiting", async () => {
      const waiting = appendMany(audit, 5);
      await audit.close();
      await waiting;
      await expect(audit.append(record())).rejects.toMatchObject({ code: "store-unavailable" });
      audit = await trail.open(clock);
      expect(await audit.verify()).toEqual({ ok: true, checked: 5 });
    });
  });
}
