import { describe, expect, it, vi } from "vitest";
import type { Row } from "../types.ts";
import { openRowPages, type ReadRows } from "./row-pages.ts";

const all: Row[] = Array.from({ length: 95 }, (_, index) => [index]);

function open(first: readonly Row[] = all.slice(0, 10)) {
  const read = vi.fn<ReadRows>(async (offset, limit) => all.slice(offset, offset + limit));
  const onChange = vi.fn<() => void>();
  return { read, onChange, pages: openRowPages({ first, rowCount: all.length, read, onChange, pageRows: 10, pagesKept: 3 }) };
}
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

describe("the pages of a result", () => {
  it("have the rows that came with the answer without asking", () => {
    const { pages, read } = open();
    pages.look(0, 9);
    expect([pages.row(0), pages.row(9), pages.row(10)]).toEqual([[0], [9], undefined]);
    expect(read).not.toHaveBeenCalled();
  });

  it("ask once for each page in sight, also for the short last one", async () => {
    const { pages, read, onChange } = open();
    pages.look(85, 94);
    pages.look(86, 94);
    await settled();
    expect(read.mock.calls).toEqual([
      [80, 10],
      [90, 5],
    ]);
    expect([pages.row(85), pages.row(94)]).toEqual([[85], [94]]);
    expect(onChange).toHaveBeenCalledTimes(2);
  });

  it("hold a bounded number of pages however far one scrolls, and never drop what is in sight", async () => {
    const { pages } = open();
    for (let row = 0; row < all.length; row += 5) {
      pages.look(row, row + 8);
      await settled();
      expect(pages.held()).toBeLessThanOrEqual(3);
      expect(pages.row(row)).toEqual([row]);
    }
    expect(pages.row(0)).toBeUndefined();
  });

  it("take an answer that ends inside of a page for no page", async () => {
    const { pages, read } = open(all.slice(0, 14));
    expect(pages.row(12)).toBeUndefined();
    pages.look(10, 13);
    await settled();
    expect(read.mock.calls).toEqual([[10, 10]]);
    expect(pages.row(12)).toEqual([12]);
  });

  it("say that a fetch failed, and ask again when looked at again", async () => {
    const { pages, read } = open();
    read.mockRejectedValueOnce(new Error("gone"));
    pages.look(20, 25);
    await settled();
    expect(pages.failure()).toBeInstanceOf(Error);
    pages.look(20, 25);
    await settled();
    expect(pages.failure()).toBeNull();
    expect(pages.row(20)).toEqual([20]);
  });
});
