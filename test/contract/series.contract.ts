import type { Sample, SeriesPort } from "@main/data/series/port.ts";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

/** An engine under test: a new, empty store each time, and how to open it again. */
export interface SeriesEngine {
  name: string;
  open(): Promise<{ series: SeriesPort; reopen(): Promise<SeriesPort>; remove(): Promise<void> }>;
}

const START = Date.UTC(2026, 2, 1);
const instant = (seconds: number) => new Date(START + seconds * 1000).toISOString();

/** A sample of patient P000001 so many seconds after the start. */
export const sample = (seconds: number, more: Partial<Sample> = {}): Sample => ({
  ...{ patientId: "P000001", region: "north", kind: "8867-4", value: 72, unit: "/min", source: "monitor-1" },
  at: instant(seconds),
  ...more,
});

/** What every store of series must do, whatever it is. */
export function seriesContract(engine: SeriesEngine): void {
  describe(`series on ${engine.name}`, () => {
    let opened: Awaited<ReturnType<SeriesEngine["open"]>>;
    let series: SeriesPort;
    const range = { patientId: "P000001", region: "north", from: instant(0), to: instant(1e6), limit: 1000 };

    beforeEach(async () => {
      opened = await engine.open();
      series = opened.series;
    });
    afterEach(() => opened.remove());

    it("gives back what was measured, newest first, also after it was opened again", async () => {
      const taken = [sample(1, { value: 71.25 }), sample(3, { value: -0.5, unit: "Cel", kind: "8310-5" }), sample(2, { source: "حسام" })];
      expect(await series.append(taken)).toEqual({ added: 3 });
      series = await opened.reopen();
      expect(await series.list(range)).toEqual([taken[1], taken[2], taken[0]]);
    });

    it("takes a sample once: the same again, in one batch, in another or at the same time, is without effect", async () => {
      expect(await series.append([sample(1), sample(1, { value: 99 })])).toEqual({ added: 1 });
      expect(await series.append([sample(1), sample(2)])).toEqual({ added: 1 });
      const batch = Array.from({ length: 50 }, (_, index) => sample(100 + index));
      await Promise.all(Array.from({ length: 4 }, () => series.append(batch)));
      expect((await series.list(range)).map(({ at }) => at)).toEqual(
        [...batch, sample(1), sample(2)]
          .map(({ at }) => at)
          .sort()
          .reverse(),
      );
      expect((await series.list(range)).at(-1)?.value).toBe(72);
    });

    it("tells samples of one instant apart by kind, source and patient", async () => {
      const four = [sample(1), sample(1, { kind: "spo2" }), sample(1, { source: "nurse" }), sample(1, { patientId: "P000002" })];
      expect(await series.append(four)).toEqual({ added: 4 });
      expect(await series.list(range)).toEqual([four[0], four[2], four[1]]);
      expect(await series.list({ ...range, kind: "spo2" })).toEqual([four[1]]);
      expect(await series.list({ ...range, patientId: "P000002" })).toEqual([four[3]]);
      expect(await series.list({ ...range, region: "south" })).toEqual([]);
    });

    it("takes the first instant of a range in and leaves the last out, and gives the newest where there is a limit", async () => {
      await series.append([1, 2, 3, 4].flatMap((second) => [sample(second), sample(second, { kind: "spo2" })]));
      const seconds = async (more: object) => (await series.list({ ...range, ...more })).map(({ at }) => (Date.parse(at) - START) / 1000);
      expect(await seconds({ from: instant(2), to: instant(4), kind: "spo2" })).toEqual([3, 2]);
      expect(await seconds({ limit: 3 })).toEqual([4, 4, 3]);
      expect(await seconds({ limit: 0 })).toEqual([]);
    });

    it("removes what was measured before an instant, in all regions and of all kinds", async () => {
      await series.append([
        sample(1),
        sample(5),
        sample(1, { region: "south" }),
        sample(4, { kind: "spo2" }),
        sample(9, { region: "south" }),
      ]);
      expect(await series.deleteBefore(instant(5))).toBe(3);
      expect(await series.page(null, 10)).toEqual([sample(5), sample(9, { region: "south" })]);
      expect(await series.deleteBefore(instant(5))).toBe(0);
      expect(await series.append([sample(1)])).toEqual({ added: 1 });
    });

    it("gives all of it page by page, in order of region, patient, kind, instant and source, whatever the page's size", async () => {
      const word = fc.constantFrom("a", "b", "B", "ب", "a b");
      const any = fc.record({ region: word, patientId: word, kind: word, source: word, second: fc.integer({ min: 0, max: 3 }) });
      const key = ({ region, patientId, kind, at, source }: Sample) => [region, patientId, kind, at, source].join("|");
      await fc.assert(
        fc.asyncProperty(fc.array(any, { maxLength: 25 }), fc.integer({ min: 1, max: 7 }), async (made, size) => {
          await series.clear();
          const all = made.map(({ second, ...rest }) => sample(second, rest));
          await series.append(all);
          const paged: Sample[] = [];
          for (;;) {
            const page = await series.page(paged.at(-1) ?? null, size);
            paged.push(...page);
            if (page.length < size) break;
          }
          expect(paged).toHaveLength(new Set(all.map(key)).size);
          for (const [index, each] of paged.entries()) {
            const before = paged[index - 1];
            if (before) expect(inOrder(before, each)).toBe(true);
          }
        }),
        { numRuns: 15 },
      );
    });

    it("refuses an instant that is none, and stores nothing of that batch", async () => {
      await expect(series.append([sample(1), sample(2, { at: "2026-03-01" })])).rejects.toMatchObject({
        code: "invalid-input",
        data: { field: "at" },
      });
      expect(await series.page(null, 10)).toEqual([]);
    });

    it("is empty when it was cleared", async () => {
      await series.append([sample(1), sample(2, { region: "south" })]);
      await series.clear();
      expect(await series.page(null, 10)).toEqual([]);
      expect(await series.append([sample(1)])).toEqual({ added: 1 });
    });

    it("takes samples in batches from many monitors; the rate is printed", async ({ annotate }) => {
      const batches = 20;
      const started = performance.now();
      for (let batch = 0; batch < batches; batch += 1) {
        const taken = Array.from({ length: 2000 }, (_, index) =>
          sample(batch, { patientId: `P${String(index % 400).padStart(6, "0")}`, kind: `kind-${Math.floor(index / 400)}` }),
        );
        expect((await series.append(taken)).added).toBe(2000);
      }
      const took = performance.now() - started;
      await annotate(`${Math.round((batches * 2000) / (took / 1000))} samples a second in batches of 2,000`);
    });
  });
}

/** The order of code points, as every engine has it. */
function inOrder(a: Sample, b: Sample): boolean {
  for (const name of ["region", "patientId", "kind", "at", "source"] as const) {
    const order = Buffer.compare(Buffer.from(a[name]), Buffer.from(b[name]));
    if (order !== 0) return order < 0;
  }
  return false;
}
