import { AppError } from "@shared/define.ts";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { StoreNotReady, type StoreProblem } from "../data/stores.ts";
import { createReadiness, type Readiness } from "./readiness.ts";

type StateListener = (state: "up" | "down") => void;
const AWAY: StoreProblem = { store: "documents", cause: "address", message: "nobody answers" };
const WRONG: StoreProblem = { store: "graph", cause: "credentials", message: "the password is wrong" };

/** Servers of the test: what a try finds, how often one was made, and what becomes of them later. */
function serversOf(find: (attempt: number) => Promise<void>) {
  const listeners = { graph: new Set<StateListener>(), documents: new Set<StateListener>() };
  const refusals = new Set<(refusal: StoreNotReady) => void>();
  let tries = 0;
  const told: string[] = [];
  const onState = (store: "graph" | "documents") => ({
    onState(listener: StateListener) {
      listeners[store].add(listener);
      return () => void listeners[store].delete(listener);
    },
  });
  return {
    stores: {
      mode: "servers" as const,
      graph: onState("graph"),
      documents: onState("documents"),
      onRefused(listener: (refusal: StoreNotReady) => void) {
        refusals.add(listener);
        return () => void refusals.delete(listener);
      },
      prepare: () => {
        tries += 1;
        return find(tries);
      },
    },
    log: {
      info: () => undefined,
      warn: (fields: object) => void told.push(JSON.stringify(fields)),
      error: (fields: object) => void told.push(JSON.stringify(fields)),
    },
    told,
    tries: () => tries,
    say: (store: "graph" | "documents", state: "up" | "down") => listeners[store].forEach((listener) => listener(state)),
    refuse: (problem: StoreProblem) => refusals.forEach((listener) => listener(new StoreNotReady(problem))),
    listening: () => listeners.graph.size + listeners.documents.size + refusals.size,
  };
}

let readiness: Readiness;
const recover = vi.fn<() => Promise<void>>(async () => undefined);
const start = (servers: ReturnType<typeof serversOf>) => {
  readiness = createReadiness({ stores: servers.stores, recover, log: servers.log });
  readiness.keepTrying();
  return readiness;
};
const waitOf = (one: Readiness): number | undefined => {
  try {
    one.pass();
    return 0;
  } catch (error) {
    expect(error).toMatchObject({ code: "store-unavailable" });
    return error instanceof AppError ? error.data.retryAfterMs : undefined;
  }
};

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  recover.mockReset().mockResolvedValue(undefined);
});
afterEach(() => {
  readiness.stop();
  vi.useRealTimers();
});

describe("stores that are away at the start", () => {
  it("are tried in growing waits up to 15 s, and used once they are there, without a restart", async () => {
    const servers = serversOf(async (attempt) => {
      if (attempt < 8) throw new StoreNotReady(AWAY);
    });
    start(servers);
    const waits: (number | null)[] = [];
    for (let attempt = 1; attempt < 8; attempt += 1) {
      await vi.advanceTimersByTimeAsync(0);
      expect(servers.tries()).toBe(attempt);
      const { state, stores, retryInMs } = readiness.state();
      expect({ state, stores }).toEqual({
        state: "connecting",
        stores: { graph: { state: "up", cause: null }, documents: { state: "down", cause: "address" } },
      });
      waits.push(retryInMs);
      await vi.advanceTimersByTimeAsync(retryInMs ?? 0);
    }
    expect(waits).toEqual([1000, 2000, 4000, 8000, 15_000, 15_000, 15_000]);
    expect(readiness.state()).toMatchObject({ state: "ready", retryInMs: null });
    expect(waitOf(readiness)).toBe(0);
    await expect(readiness.ready).resolves.toBeUndefined();
  });

  it("let nobody through meanwhile, and say how long to wait", async () => {
    start(serversOf(() => Promise.reject(new StoreNotReady(AWAY))));
    expect(waitOf(readiness)).toBe(1000);
    await vi.advanceTimersByTimeAsync(1000);
    expect(waitOf(readiness)).toBe(2000);
    await vi.advanceTimersByTimeAsync(500);
    expect(waitOf(readiness)).toBe(1500);
  });

  it("are told of both when neither can be used, and never with an address of theirs", async () => {
    const servers = serversOf(() => Promise.reject(new StoreNotReady(WRONG, [AWAY])));
    start(servers);
    await vi.advanceTimersByTimeAsync(0);
    expect(readiness.state().stores).toEqual({
      graph: { state: "down", cause: "credentials" },
      documents: { state: "down", cause: "address" },
    });
    expect(servers.told).toHaveLength(2);
  });

  it("wait 30 s where somebody's hand is needed, and are there as soon as it is asked for after that", async () => {
    let right = false;
    const servers = serversOf(async () => {
      if (!right) throw new StoreNotReady(WRONG);
    });
    start(servers);
    await vi.advanceTimersByTimeAsync(0);
    expect(readiness.state()).toMatchObject({ state: "refused", retryInMs: 30_000 });
    await vi.advanceTimersByTimeAsync(29_999);
    expect(servers.tries()).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(servers.tries()).toBe(2);
    right = true;
    expect(await readiness.retryNow()).toMatchObject({ state: "ready", stores: { graph: { state: "up", cause: null } } });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(servers.tries()).toBe(3);
  });

  it("are not tried twice at a time, and who asks for a try gets an answer although the server is slow", async () => {
    const servers = serversOf(() => new Promise(() => undefined));
    start(servers);
    const asked = [readiness.retryNow(), readiness.retryNow()];
    await vi.advanceTimersByTimeAsync(8000);
    expect(await Promise.all(asked)).toMatchObject([{ state: "connecting", retryInMs: 0 }, { state: "connecting" }]);
    expect(servers.tries()).toBe(1);
  });

  it("are tried no more after the end", async () => {
    const servers = serversOf(() => Promise.reject(new StoreNotReady(AWAY)));
    start(servers);
    await vi.advanceTimersByTimeAsync(0);
    readiness.stop();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(servers.tries()).toBe(1);
    expect(servers.listening()).toBe(0);
  });
});

describe("what a crash left", () => {
  it("is finished once, after the stores are there and before anybody is let through", async () => {
    recover.mockImplementation(async () => {
      expect(waitOf(readiness)).toBeGreaterThan(0);
    });
    start(serversOf(async (attempt) => (attempt === 1 ? Promise.reject(new StoreNotReady(AWAY)) : undefined)));
    await vi.advanceTimersByTimeAsync(0);
    expect(recover).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1000);
    expect(recover).toHaveBeenCalledTimes(1);
    await readiness.retryNow();
    expect(recover).toHaveBeenCalledTimes(1);
  });

  it("is tried again with the next try when a store goes away during it", async () => {
    recover.mockRejectedValueOnce(new AppError("store-unavailable", "gone"));
    start(serversOf(async () => undefined));
    await vi.advanceTimersByTimeAsync(0);
    expect(readiness.state()).toMatchObject({ state: "connecting", stores: { graph: { cause: "unknown" } } });
    await vi.advanceTimersByTimeAsync(1000);
    expect(readiness.state().state).toBe("ready");
    expect(recover).toHaveBeenCalledTimes(2);
  });
});

it("a store that is lost later is shown as down, and lets calls through: the other one still works", async () => {
  const servers = serversOf(async () => undefined);
  start(servers);
  await vi.advanceTimersByTimeAsync(0);
  servers.say("graph", "down");
  expect(readiness.state()).toEqual({
    mode: "servers",
    state: "ready",
    stores: { graph: { state: "down", cause: null }, documents: { state: "up", cause: null } },
    retryInMs: null,
  });
  expect(waitOf(readiness)).toBe(0);
  servers.say("graph", "up");
  expect(readiness.state().stores.graph.state).toBe("up");
});

describe("stores that refuse a workstation which was ready", () => {
  const COPIED: StoreProblem = { store: "documents", cause: "workstation", message: "another computer took its place" };

  it("let nobody through from then on, say why, and are used again once they take it", async () => {
    let taken = false;
    const servers = serversOf(async () => {
      if (taken) throw new StoreNotReady(COPIED);
    });
    start(servers);
    await vi.advanceTimersByTimeAsync(0);
    expect(waitOf(readiness)).toBe(0);
    taken = true;
    servers.refuse(COPIED);
    expect(waitOf(readiness)).toBe(30_000);
    expect(readiness.state()).toMatchObject({ state: "refused", stores: { documents: { state: "down", cause: "workstation" } } });
    expect(servers.told).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(30_000);
    expect([servers.tries(), readiness.state().state]).toEqual([2, "refused"]);
    taken = false;
    await vi.advanceTimersByTimeAsync(30_000);
    expect(readiness.state()).toMatchObject({ state: "ready", stores: { documents: { state: "up", cause: null } } });
    expect(waitOf(readiness)).toBe(0);
    expect(recover).toHaveBeenCalledTimes(1);
  });
});
