import type { RequestContext } from "@main/platform/request.ts";
import { createRateLimit } from "@main/rpc/rate-limit.ts";
import { AppError, query } from "@shared/define.ts";
import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { routerWorld } from "./router-world.ts";
import { code, refusal, startWidgets as start } from "./widget-world.ts";

let world: ReturnType<typeof start>;
afterEach(() => world.close());

describe("stores that cannot be used yet", () => {
  const away = () => {
    throw new AppError("store-unavailable", "The clinic's servers cannot be used yet.", { retryAfterMs: 4_000 });
  };
  const system = {
    getConnection: query({ summary: "state", allow: "anyone", input: z.object({}), output: z.object({ signedIn: z.boolean() }) }),
    getHealth: query({ summary: "health", allow: "anyone", input: z.object({}), output: z.object({}) }),
  };

  it("are asked for nothing, not even who calls: every call is refused with the time to wait", async () => {
    let asked = 0;
    const authenticate = async () => {
      asked += 1;
      return null;
    };
    world = start({ ready: away, authenticate });
    for (const role of ["doctor", null] as const) {
      const error = await refusal(world.as(role).call("widget", "open", {}));
      expect(error).toMatchObject({ code: "store-unavailable", data: { retryAfterMs: 4_000 } });
    }
    expect(await code(world.as("doctor").call("widget", "write", { patientId: "P000001" }))).toBe("store-unavailable");
    expect(asked).toBe(0);
    expect(world.trail).toEqual([]);
    expect(await code(world.life.run("widget", "nothing", {}, world.as(null).caller))).toBe("not-found");
  });

  it("are told of to anybody, signed in or not, without a look at the session", async () => {
    const handlers = {
      getConnection: async (_input: object, { viewer }: RequestContext) => ({ signedIn: viewer !== null }),
      getHealth: async () => ({}),
    };
    const apart = routerWorld({ system }, { system: handlers }, { ready: away, authenticate: () => Promise.reject(new Error("asked")) });
    expect(await apart.as("doctor").call("system", "getConnection", {})).toEqual({ signedIn: false });
    expect(await code(apart.as("doctor").call("system", "getHealth", {}))).toBe("store-unavailable");
    await apart.close();
  });
});

describe("limits and failures", () => {
  it("limits a route per caller and says how long to wait", async () => {
    world = start({ rateLimit: createRateLimit(async () => false) });
    const doctor = world.as("doctor");
    expect([await code(doctor.call("widget", "rare", {})), await code(doctor.call("widget", "rare", {}))]).toEqual(["ok", "ok"]);
    const error = await refusal(doctor.call("widget", "rare", {}));
    expect(error.code).toBe("rate-limited");
    expect(error.data.retryAfterMs).toBeGreaterThan(0);
    expect(await code(world.as("reception").call("widget", "rare", {}))).toBe("ok");
    expect(await code(world.as(null).call("widget", "rare", {}))).toBe("ok");
  });

  it("ends a call that takes too long with timeout and aborts its signal", async () => {
    let aborted = false;
    world = start({
      deadlineMs: 30,
      handlers: {
        open: (_input, { signal }) =>
          new Promise(() => {
            signal.addEventListener("abort", () => {
              aborted = true;
            });
          }),
      },
    });
    expect(await code(world.as(null).call("widget", "open", {}))).toBe("timeout");
    expect(aborted).toBe(true);
  });

  it("gives a call of this process itself the time that it names", async () => {
    world = start({ deadlineMs: 30, handlers: { open: () => new Promise((resolve) => setTimeout(() => resolve({ ok: true }), 120)) } });
    const { caller } = world.as(null);
    expect(await code(world.life.run("widget", "open", {}, caller))).toBe("timeout");
    expect(await code(world.life.run("widget", "open", {}, { ...caller, deadlineMs: 10_000 }))).toBe("ok");
  });

  it("tells the caller of an unknown failure only its reference, and the log all of it", async () => {
    world = start({ handlers: { open: async () => Promise.reject(new Error("secret detail of Jane Roe")) } });
    const error = await refusal(world.as(null).call("widget", "open", {}));
    expect(error.code).toBe("internal");
    expect(JSON.stringify([error.message, error.data])).not.toContain("Jane");
    expect(world.logged).toEqual([{ fields: { requestId: error.data.requestId, route: "widget.open" }, cause: expect.any(Error) }]);
  });

  it("does not let an answer out that breaks its declaration", async () => {
    world = start({ handlers: { open: async () => ({ ok: "yes" }) as unknown as { ok: boolean } } });
    expect(await code(world.as(null).call("widget", "open", {}))).toBe("internal");
  });

  it("finishes what is in flight before it shuts down, and takes nothing new", async () => {
    let release = () => {};
    world = start({
      handlers: {
        open: () =>
          new Promise((resolve) => {
            release = () => resolve({ ok: true });
          }),
      },
    });
    const inFlight = world.as(null).call("widget", "open", {});
    await new Promise((resolve) => setImmediate(resolve));
    const drained = world.life.drain(5_000);
    expect(await code(world.as(null).call("widget", "rare", {}))).toBe("store-unavailable");
    release();
    await drained;
    expect(await inFlight).toEqual({ ok: true });
  });
});
