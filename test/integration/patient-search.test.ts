import { fc, test } from "@fast-check/vitest";
import { Directory } from "@main/features/patients/directory.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { manyNames, TYPED } from "../world/many-names.ts";
import { type DeskWorld, openDesk } from "./desk-world.ts";

describe("search through the route", () => {
  let desk: DeskWorld;
  const ids: Record<string, string> = {};
  beforeAll(async () => {
    desk = await openDesk();
    const people = {
      layla: ["ليلى", "حداد"],
      leila: ["Leila", "Mansour"],
      mohammed: ["محمد", "العمري"],
      bjork: ["Björk", "Guðmundsdóttir"],
    };
    for (const [name, [givenName, familyName]] of Object.entries(people)) {
      ids[name] = (
        await desk.newPatient({ givenName, familyName, phone: `+96279${name.length}551234`, nationalId: `NID-${name.length}77` })
      ).id;
    }
  });
  afterAll(() => desk?.close());
  const found = async (text: string) => (await desk.call("patients", "search", { text }, desk.reception)).items.map((item) => item.id);

  it.each([
    ["Layla", "layla"],
    ["Layla Haddad", "layla"],
    ["haddad layla", "layla"],
    ["ليلي", "layla"],
    ["حدا", "layla"],
    ["Al-Haddad", "layla"],
    ["ليلى", "leila"],
    ["Mansuor", "leila"],
    ["mans lei", "leila"],
    ["anso", "leila"],
    ["Mohammed", "mohammed"],
    ["Muhammad", "mohammed"],
    ["bjork gudmundsdottir", "bjork"],
    ["gudmunsdotir", "bjork"],
    ["0795551234", "bjork"],
    ["٠٧٩٥٥٥١٢٣٤", "bjork"],
    ["+962 79 555 1234", "bjork"],
    ["nid-577", "bjork"],
    ["577", "bjork"],
  ])("%s finds %s", async (text, name) => expect(await found(text)).toContain(ids[name]));

  it("finds by id, exact before all else", async () => {
    expect((await found(ids.leila ?? ""))[0]).toBe(ids.leila);
    expect((await found("layla"))[0]).toBe(ids.layla);
  });

  it("finds nobody for what nobody is called, and nothing for nothing", async () => {
    for (const text of ["Xylophone", "", "   ", "'; MATCH (n) DETACH DELETE n //"]) expect(await found(text)).toEqual([]);
  });
});

describe("the directory", () => {
  const patients = manyNames(2000);

  test.prop([fc.array(fc.record({ place: fc.nat(60), from: fc.nat(1999), many: fc.boolean() }), { maxLength: 60 })])(
    "after any changes answers as one that was filled afresh",
    (changes) => {
      const changed = new Directory();
      changed.putAll(patients.slice(0, 50));
      const current = new Map(patients.slice(0, 50).map((entry) => [entry.id, entry]));
      for (const { place, from, many } of changes) {
        const id = patients[place]?.id ?? "";
        const other = patients[from] as (typeof patients)[number];
        const entry = { ...other, id, sortKey: `${other.sortKey}${id}` };
        if (many) changed.putAll([entry]);
        else changed.put(entry);
        current.set(id, entry);
      }
      const fresh = new Directory();
      fresh.putAll([...current.values()]);
      expect(changed.page(0, 100)).toEqual(fresh.page(0, 100));
      for (const typed of TYPED) expect(changed.search(typed, 20)).toEqual(fresh.search(typed, 20));
    },
  );

  it("answers among 200,000 patients without scanning a graph, and says how fast", () => {
    const directory = new Directory();
    directory.putAll(manyNames(200_000));
    directory.page(0, 1);
    const times: number[] = [];
    for (let round = 0; round < 3; round++) {
      for (const typed of TYPED) {
        const started = performance.now();
        directory.search(typed, 20);
        if (round > 0) times.push(performance.now() - started);
      }
    }
    times.sort((a, b) => a - b);
    const p95 = times[Math.floor(times.length * 0.95)] ?? Number.POSITIVE_INFINITY;
    console.log(`search among 200,000: p50 ${times[times.length >> 1]?.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, ${times.length} searches`);
    // The goal of 50 ms is the bench's to judge, on a machine that does nothing else; this finds what is slow by its nature.
    expect(p95).toBeLessThan(1000);
  }, 120_000);
});
