import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Direction } from "../servers/proxy.ts";
import { asClient } from "./as-client.ts";
import { type Act, type ClinicOfActs, clinicOfActs } from "./cut-acts.ts";
import { faultTable } from "./fault-table.ts";
import { type FootprintReader, footprintOf, growth } from "./footprint.ts";
import { openProxiedWorld, type ProxiedWorld, type StoreName } from "./proxied-world.ts";

type ActName = keyof ClinicOfActs["acts"];

/** No act takes so many pieces: a loop that comes here does not end by itself. */
const MOST_PIECES = 200;
/** A caller waits for its route's deadline at most; what is above is for a machine that does other things, too. */
const LONGEST_CALL_MS = 11_000;
const PLACES = (["to-server", "to-client"] as const).flatMap((direction) =>
  (["before", "after"] as const).map((when) => ({ direction, when })),
);

/**
 * Cuts the connection to a store at every piece that an act sends or is sent, before and after the piece passes, until one run goes through
 * uncut: each time what has grown on both servers is what one undisturbed act makes, no more and no less.
 */
export function cutsEverywhere(store: StoreName, acts: readonly ActName[]): void {
  const tell = faultTable(`cuts, ${store}`);
  let proxied: ProxiedWorld;
  let clinic: ClinicOfActs;
  let footprint: FootprintReader;
  let runs = 0;

  beforeAll(async () => {
    proxied = await openProxiedWorld();
    footprint = footprintOf(proxied.direct);
    clinic = await clinicOfActs(proxied.world);
  }, 300_000);
  afterAll(async () => {
    await footprint?.close();
    await proxied?.close();
  });

  async function grownBy(act: Act) {
    runs += 1;
    const call = act.begin(runs);
    const before = await footprint.read();
    const fared = await asClient(call);
    return { fared, grown: growth(before, await footprint.read()) };
  }

  /** The first time makes more than the later ones: a relation to the patient, a first notice. */
  async function oneActMakes(act: Act): Promise<Record<string, number>> {
    await grownBy(act);
    const { grown } = await grownBy(act);
    expect(Object.keys(grown)).not.toEqual([]);
    return grown;
  }

  async function cutAt(act: Act, place: { direction: Direction; when: "before" | "after" }, piece: number) {
    const proxy = proxied[store];
    proxy.arm({ ...place, piece });
    const { fared, grown } = await grownBy(act);
    const { cut } = proxy;
    proxy.arm();
    // What is cut right after a piece passes is cut when that piece is there: the next act must not meet it.
    if (cut && place.when === "after") await sleep(30);
    return { cut, fared, grown };
  }

  describe(`a connection to the store of ${store} that is cut at any piece`, () => {
    it.each(acts)("leaves exactly one effect: %s", { timeout: 600_000 }, async (name) => {
      const act = clinic.acts[name];
      const wanted = await oneActMakes(act);
      let cuts = 0;
      let [tries, longestCallMs] = [0, 0];
      for (const place of PLACES) {
        // What is sent in one piece now may be sent in two the next time: one more piece is tried than the last run had.
        for (let piece = 1, uncut = 0; uncut < 2; piece += 1) {
          expect(piece).toBeLessThan(MOST_PIECES);
          const { cut, fared, grown } = await cutAt(act, place, piece);
          expect({ ...place, piece, grown }).toEqual({ ...place, piece, grown: wanted });
          tries = Math.max(tries, fared.tries);
          longestCallMs = Math.max(longestCallMs, fared.longestCallMs);
          if (cut) cuts += 1;
          else uncut += 1;
        }
      }
      await act.end?.();
      expect(cuts).toBeGreaterThan(0);
      expect(longestCallMs).toBeLessThan(LONGEST_CALL_MS);
      expect(await proxied.world.call("reports", "verifyAudit", {}, clinic.admin)).toMatchObject({ ok: true });
      tell({
        fault: `cut at every piece of ${act.name}`,
        times: cuts,
        lost: 0,
        doubled: 0,
        partial: 0,
        longestCallMs,
        also: `${tries} calls at most`,
      });
    });
  });
}
