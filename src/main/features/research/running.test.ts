import { describe, expect, it } from "vitest";
import { createRunningQueries } from "./running.ts";

const NEVER = new AbortController().signal;
const code = (refused: string) => expect.objectContaining({ code: refused });

describe("queries at work", () => {
  it("are one a researcher, under an id of their own", () => {
    const queries = createRunningQueries();
    const first = queries.begin("q1", "one", NEVER);
    expect(() => queries.begin("q2", "one", NEVER)).toThrow(code("conflict"));
    expect(() => queries.begin("q1", "two", NEVER)).toThrow(expect.objectContaining({ code: "conflict", data: { field: "queryId" } }));
    first.end();
    expect(queries.begin("q1", "one", NEVER).signal.aborted).toBe(false);
  });

  it("are four in all; a fifth is told when to come back", () => {
    const queries = createRunningQueries();
    const [first] = ["a", "b", "c", "d"].map((userId) => queries.begin(`q-${userId}`, userId, NEVER));
    expect(() => queries.begin("q-e", "e", NEVER)).toThrow(expect.objectContaining({ code: "rate-limited", data: { retryAfterMs: 1000 } }));
    first?.end();
    queries.begin("q-e", "e", NEVER);
  });

  it("are stopped by their owner alone, who then hears of the end", async () => {
    const queries = createRunningQueries();
    const run = queries.begin("q", "owner", NEVER);
    expect(await queries.cancel("q", "another")).toBe(false);
    expect(await queries.cancel("unknown", "owner")).toBe(false);
    expect(run.signal.aborted).toBe(false);
    let ended = false;
    run.signal.addEventListener("abort", () =>
      setTimeout(() => {
        ended = true;
        run.end();
      }, 30),
    );
    expect(await queries.cancel("q", "owner")).toBe(true);
    expect(ended).toBe(true);
    expect(await queries.cancel("q", "owner")).toBe(false);
  });

  it("do not keep a cancel waiting when they do not end", async () => {
    const queries = createRunningQueries();
    queries.begin("q", "owner", NEVER);
    const begun = performance.now();
    expect(await queries.cancel("q", "owner")).toBe(true);
    expect(performance.now() - begun).toBeLessThan(3000);
  });

  it("stop when the caller is gone, when identities are taken back, when the app closes", () => {
    const queries = createRunningQueries();
    const gone = new AbortController();
    const left = queries.begin("q1", "one", gone.signal);
    const [masked, unmasked] = [queries.begin("q2", "two", NEVER), queries.begin("q3", "three", NEVER)];
    unmasked.unmasked = true;
    gone.abort();
    queries.cancelUnmasked("two");
    queries.cancelUnmasked("three");
    expect([left.signal.aborted, masked.signal.aborted, unmasked.signal.aborted]).toEqual([true, false, true]);
    queries.cancelAll();
    expect(masked.signal.aborted).toBe(true);
  });
});
