import { beforeEach, describe, expect, it, vi } from "vitest";

const kept = new Map<string, string>();
vi.stubGlobal("sessionStorage", {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => kept.set(key, value),
  removeItem: (key: string) => kept.delete(key),
});
const DRAFT = "polyclinic.research.draft";
const { differsFromSaved, isUnsaved, useConsole } = await import("./console-store.ts");
const { useSession } = await import("@renderer/lib/session-store.ts");

const state = () => useConsole.getState();
const saved = {
  ...{
    id: "q1",
    name: "Visits",
    description: "",
    shared: false,
    mine: true,
    ownerName: "R",
    updatedAt: "2026-11-22T09:00:00.000Z",
    version: 1,
  },
  cypher: "RETURN $a AS a",
  parameters: { a: 1 },
} as never;

beforeEach(() => state().clear());

describe("what stands in the editor", () => {
  it("is unsaved once it was typed, and no more once it was run or saved", () => {
    expect(isUnsaved(state())).toBe(false);
    state().write("RETURN 1");
    expect(isUnsaved(state())).toBe(true);
    state().keep();
    expect(isUnsaved(state())).toBe(false);
    state().give("top", { kind: "number", text: "5" });
    expect(isUnsaved(state())).toBe(true);
    state().write("   ");
    expect(isUnsaved(state())).toBe(false);
  });

  it("is kept for a reload, with what it was saved as, and emptied by a new query", () => {
    state().load({ text: "RETURN $a AS a", values: { a: { kind: "number", text: "1" } }, saved });
    expect(JSON.parse(kept.get(DRAFT) ?? "{}")).toMatchObject({
      text: "RETURN $a AS a",
      values: { a: { text: "1" } },
      saved: { id: "q1" },
    });
    expect([isUnsaved(state()), state().names]).toEqual([false, ["a"]]);
    state().load({ text: "", values: {} });
    expect(kept.has(DRAFT)).toBe(false);
  });

  it("differs from its saved query by text or by a value", () => {
    state().load({ text: "RETURN $a AS a", values: { a: { kind: "number", text: "1" } }, saved });
    expect(differsFromSaved(state(), { a: 1 })).toBe(false);
    expect(differsFromSaved(state(), { a: 2 })).toBe(true);
    state().write("RETURN $a AS b");
    expect(differsFromSaved(state(), { a: 1 })).toBe(true);
  });

  it("leaves nothing behind for whoever signs in next", () => {
    useSession.setState({ token: "t" });
    state().write("MATCH (p) WHERE p.name = 'Layla' RETURN p");
    useConsole.setState({ answered: { result: { rows: [["x"]] }, cypher: "", parameters: {} } as never });
    useSession.getState().end("signed-out");
    expect(state()).toMatchObject({ text: "", answered: null, selected: null, refused: null });
    expect(kept.has(DRAFT)).toBe(false);
  });

  it("forgets a refusal when its text goes on", () => {
    state().write("CREATE (n)");
    useConsole.setState({ refused: { error: { code: "not-read-only" }, cypher: "CREATE (n)" } as never });
    state().write("MATCH (n) RETURN n");
    expect(state().refused).toBeNull();
  });
});
