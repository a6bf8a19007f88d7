import { canonicalJson, chainHash } from "@main/data/audit/chain.ts";
import type { StoredEntry } from "@main/data/audit/verify.ts";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { appendMany, minuteClock, rewriteFrom, type TrailEngine, type TrailUnderTest } from "./audit-trail.ts";

const LENGTH = 12;

/** What of a change by somebody with full rights to the store must be found. `copy` makes a trail equal to another one. */
export function auditTamperingContract(engine: TrailEngine & { copy(trail: TrailUnderTest): Promise<TrailUnderTest> }): void {
  describe(`the audit trail on ${engine.name} under tampering`, () => {
    let original: TrailUnderTest;
    let entries: StoredEntry[];

    beforeAll(async () => {
      original = await engine.make();
      const audit = await original.open(minuteClock());
      await appendMany(audit, LENGTH);
      await audit.close();
      entries = await original.entries();
    });
    afterAll(() => original.end());

    /** The verdict on a copy that was changed so. */
    async function after(change: (trail: TrailUnderTest) => Promise<unknown>) {
      const trail = await engine.copy(original);
      try {
        await change(trail);
        const audit = await trail.open(minuteClock());
        const verdict = await audit.verify();
        await audit.close();
        return verdict;
      } finally {
        await trail.end();
      }
    }
    const anySeq = fc.integer({ min: 1, max: LENGTH });
    const entry = (seq: number) => entries[seq - 1] as StoredEntry;

    it("finds any single edit of any column, at its entry", async () => {
      const column = fc.constantFrom("body" as const, "hash" as const, "prev" as const);
      await fc.assert(
        fc.asyncProperty(anySeq, column, fc.nat(), fc.constantFrom("0", "z", " ", '"', "}"), async (seq, name, position, letter) => {
          const text = entry(seq)[name];
          const at = position % text.length;
          const other = text[at] === letter ? "y" : letter;
          const edited = text.slice(0, at) + other + text.slice(at + 1);
          const verdict = await after((trail) => trail.edit(seq, { [name]: edited }));
          expect(verdict).toMatchObject({ ok: false, firstBad: seq, cause: "edited" });
        }),
        { numRuns: 40 },
      );
    });

    it("finds any deletion, at the first entry that is missing", async () => {
      await fc.assert(
        fc.asyncProperty(anySeq, fc.integer({ min: 1, max: LENGTH }), async (first, count) => {
          const verdict = await after((trail) => trail.remove(first, first + count - 1));
          expect(verdict).toMatchObject({ ok: false, firstBad: first, cause: first + count > LENGTH ? "truncated" : "deleted" });
        }),
        { numRuns: 20 },
      );
    });

    it("finds a deletion after which the rest was numbered anew", async () => {
      const verdict = await after(async (trail) => {
        await trail.remove(5, 5);
        for (let seq = 6; seq <= LENGTH; seq += 1) await trail.edit(seq, { seq: seq - 1 });
      });
      expect(verdict).toMatchObject({ ok: false, firstBad: 5, cause: "edited" });
    });

    it("finds one entry written anew with its own hash made right", async () => {
      const { prev, body } = entry(7);
      const forged = canonicalJson({ ...JSON.parse(body), actorId: "U000099" });
      const verdict = await after((trail) => trail.edit(7, { body: forged, hash: chainHash(prev, forged) }));
      expect(verdict).toMatchObject({ ok: false, firstBad: 7, cause: "edited" });
    });

    it("finds every entry written anew from any place on, by the anchor", async () => {
      await fc.assert(
        fc.asyncProperty(anySeq, async (seq) => {
          expect(await after((trail) => rewriteFrom(trail, seq))).toMatchObject({ ok: false, cause: "anchor-differs" });
        }),
        { numRuns: 12 },
      );
    });

    it("finds an entry slipped in behind the end without its right hash", async () => {
      const { hash, body } = entry(12);
      const forged = canonicalJson({ ...JSON.parse(body), seq: 13, n: 13 });
      const verdict = await after((trail) => trail.slipIn({ seq: 13, prev: hash, hash: chainHash("", forged), body: forged }));
      expect(verdict).toMatchObject({ ok: false, firstBad: 13, cause: "edited" });
    });

    it("answers ok for the untouched copy, so that the findings above are findings", async () => {
      expect(await after(() => Promise.resolve())).toEqual({ ok: true, checked: LENGTH });
    });
  });
}
