import { describe, expect, it } from "vitest";
import { type FileEntry, readSavedFile, savedFile } from "./saved-file.ts";

const entry = (name: string, cypher = `RETURN '${name}' AS name`): FileEntry => ({
  name,
  cypher,
  description: "",
  parameters: {},
  shared: false,
});
const file = (...queries: unknown[]) => JSON.stringify({ format: "polyclinic-queries", version: 1, queries });

describe("a file of saved queries", () => {
  it("comes back as it was written", () => {
    const query = { ...entry("Visits by region"), parameters: { region: "north", top: 5 }, description: "with words", shared: true };
    const saved = { ...query, id: "x", mine: true, ownerName: "R", updatedAt: "2026-11-22T09:00:00.000Z", version: 1 };
    expect(readSavedFile(savedFile([saved] as never), [])).toEqual({ ok: true, entries: [query], faults: [] });
  });

  it.each([
    ["{", "not-json"],
    ["[]", "other-format"],
    [JSON.stringify({ format: "polyclinic-queries", version: 2, queries: [] }), "other-format"],
  ])("that is none is refused: %s", (text, fault) => {
    expect(readSavedFile(text, [])).toEqual({ ok: false, fault });
  });

  it("is taken entry by entry, and what is wrong is named with its place and field", () => {
    const read = readSavedFile(file(entry("good"), { name: "no text" }, { ...entry("bad"), parameters: { "two words": 1 } }, 7), []);
    expect(read).toMatchObject({
      ok: true,
      entries: [{ name: "good" }],
      faults: [
        { at: 2, name: "no text", fault: "invalid", field: "cypher" },
        { at: 3, name: "bad", fault: "invalid" },
        { at: 4, name: null, fault: "invalid" },
      ],
    });
  });

  it("tells what is saved already, and what stands in it twice", () => {
    const read = readSavedFile(file(entry("one"), entry("One", "RETURN 'one' AS name "), entry("two")), [entry("two")]);
    expect(read).toMatchObject({
      entries: [{ name: "one" }],
      faults: [
        { at: 2, fault: "duplicate" },
        { at: 3, fault: "duplicate" },
      ],
    });
  });
});
