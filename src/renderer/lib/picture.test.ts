import { describe, expect, it } from "vitest";
import { fitted } from "./picture.ts";

describe("a picture made to fit", () => {
  it("keeps its shape and is never made larger", () => {
    expect(fitted(4000, 3000, 1600)).toEqual({ width: 1600, height: 1200 });
    expect(fitted(1080, 1920, 1600)).toEqual({ width: 900, height: 1600 });
    expect(fitted(300, 200, 1600)).toEqual({ width: 300, height: 200 });
    expect(fitted(10_000, 3, 1600)).toEqual({ width: 1600, height: 1 });
  });
});
