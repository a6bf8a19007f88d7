import { describe, expect, it } from "vitest";
import { awayStores, isAway, type StoresState } from "./connection-store.ts";
import { SCREENS } from "./screens.tsx";
import { areaOf, isHeld } from "./store-words.ts";

const up = { state: "up", cause: null } as const;
const down = { state: "down", cause: null } as const;
const state = (change: Partial<StoresState>): StoresState => ({
  ...{ mode: "servers", state: "ready", stores: { graph: up, documents: up }, retryInMs: null },
  ...change,
});

describe("what is away", () => {
  it("is nothing while the stores are ready, one that is lost, and both until both have been ready once", () => {
    expect(isAway(null)).toBe(false);
    expect(isAway(state({}))).toBe(false);
    expect(awayStores({ lostStores: [], stores: state({ stores: { graph: down, documents: up } }) })).toEqual(["graph"]);
    expect(awayStores({ lostStores: [], stores: state({ state: "connecting", stores: { graph: down, documents: up } }) })).toHaveLength(2);
    expect(awayStores({ lostStores: ["graph"], stores: state({ mode: "embedded" }) })).toEqual(["graph"]);
  });
});

describe("what can still be written", () => {
  it("is nothing without the trail, and no care without the records", () => {
    for (const { path } of SCREENS) expect(isHeld(areaOf(path), ["documents"])).toBe(true);
    expect(["/today", "/desk", "/patients", "/portal", "/kiosk", "/admin/clinic"].every((path) => isHeld(areaOf(path), ["graph"]))).toBe(
      true,
    );
    expect(["/sign-in", "/messages", "/admin/people", "/admin/system/stores"].some((path) => isHeld(areaOf(path), ["graph"]))).toBe(false);
    expect(SCREENS.some(({ path }) => isHeld(areaOf(path), []))).toBe(false);
  });
});
