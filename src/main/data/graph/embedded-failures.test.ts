import { describe, expect, it } from "vitest";
import { readFailure, readOpenFailure } from "./embedded-failures.ts";

const TAKEN =
  "Database error: GRAFEO-V001: Invalid value: Constraint violation: UNIQUE constraint violation: property 'key' with value String(\"Amina already exists on :Patient\nproperty 'x'\") already exists on :Slot";

describe("an error of the engine", () => {
  it("that refuses a taken value names label and property, whatever the value says", () => {
    expect(readFailure(new Error(TAKEN))).toEqual({ kind: "unique", label: "Slot", property: "key" });
  });

  it("that is a write conflict is one to try again", () => {
    expect(readFailure(new Error('Transaction error: GRAFEO-T001: Write conflict: on key :Slot(key = String("Amina"))'))).toEqual({
      kind: "conflict",
    });
  });

  it("keeps what it says of the statement's text", () => {
    expect(readFailure(new Error("Query error: GRAFEO-Q002: semantic error: Missing parameter: $id"))).toMatchObject({
      kind: "statement",
      detail: expect.stringContaining("Missing parameter: $id"),
    });
  });

  it.each([new Error('GRAFEO-V001: cannot add String("Amina") to 1'), new Error("Amina"), "Amina", null])(
    "keeps nothing that may be a value: %s",
    (error) => {
      expect(JSON.stringify(readFailure(error))).not.toContain("Amina");
    },
  );

  it("at the opening tells a lock from damage, and leaves the folder's path out", () => {
    const locked = new Error("GRAFEO-X001: Internal error: database file cannot be locked for reading: /home/amina/clinic/graph.grafeo");
    expect(readOpenFailure(locked, "/home/amina/clinic")).toMatchObject({ kind: "locked" });
    const damaged = new Error("GRAFEO-S002: the file /home/amina/clinic/graph.grafeo is damaged at byte 0");
    expect(readOpenFailure(damaged, "/home/amina/clinic")).toEqual({
      kind: "open-failed",
      detail: "GRAFEO-S002: the file graph.grafeo is damaged at byte 0",
    });
  });
});
