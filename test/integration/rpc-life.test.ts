import type { RequestContext } from "@main/platform/request.ts";
import { createRateLimit } from "@main/rpc/rate-limit.ts";
import { AppError, command, query } from "@shared/define.ts";
import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { routerWorld } from "./router-world.ts";

const widget = {
  open: query({
    summary: "open",
    allow: "anyone",
    input: z.object({ text: z.string().max(10).optional() }),
    output: z.object({ ok: z.boolean() }),
  }),
  mine: query({ summary: "mine", allow: "signed-in", input: z.object({ patientId: z.string() }), output: z.object({ ok: z.boolean() }) }),
  write: command({
    summary: "write",
    allow: ["doctor"],
    why: "reason",
    input: z.object({ patientId: z.string(), nested: z.object({ doctorId: z.string() }).optional(), reason: z.string().optional() }),
    output: z.object({ id: z.string() }),
  }),
  overridden: command({
    summary: "overridden",
    allow: ["doctor"],
    why: "override.reason",
    input: z.object({ reason: z.string(), override: z.object({ reason: z.string() }).optional() }),
    output: z.object({}),
  }),
  sensitive: command({ summary: "fresh", allow: ["admin"], fresh: true, input: z.object({}), output: z.object({}) }),
  rare: query({ summary: "rare", allow: "anyone", perMinute: 2, input: z.object({}), output: z.object({}) }),
  either: query({
    summary: "either",
    allow: "anyone",
    input: z.union([z.object({ code: z.string() }), z.object({ birthDate: z.string(), name: z.string().max(3) })]),
    output: z.object({}),
  }),
};
const { policyless } = { policyless: structuredCloneOfRoute(widget.open) };

/** The same route with its policy taken away, as a route declared past `define.ts` would be. */
function structuredCloneOfRoute(route: typeof widget.open): typeof widget.open {
  const copy = Object.create(Object.getPrototypeOf(route));
  copy["~orpc"] = { ...route["~orpc"], meta: {} };
  return copy;
}

let world: ReturnType<typeof start>;
const start = (overrides: Partial<Parameters<typeof routerWorld>[2]> = {}) =>
  routerWorld(
    { widget: { ...widget, policyless } },
    {
      widget: {
        open: async () => ({ ok: true }),
        mine: async () => ({ ok: true }),
        write: async ({ patientId }) => ({ id: `made-${patientId}` }),
        overridden: async (_input, { about }) => {
          about({ patientId: "P000003" });
          return {};
        },
        sensitive: async () => ({}),
        rare: async () => ({}),
        either: async () => ({}),
        policyless: async () => ({ ok: true }),
      },
    },
    overrides,
  );
afterEach(() => world.close());

const code = async (call: Promise<unknown>) =>
  call.then(
    () => "ok",
    (error: AppError) => error.code,
  );
const refusal = async (call: Promise<unknown>): Promise<AppError> =>
  call.then(
    () => Promise.reject(new Error("was not refused")),
    (error) => error,
  );

describe("the order of a route's life", () => {
  it("denies a route without policy, whoever asks, before looking at the input", async () => {
    world = start();
    expect(await code(world.as("admin").call("widget", "policyless", { text: 5 }))).toBe("forbidden");
    expect(await code(world.as(null).call("widget", "policyless", {}))).toBe("forbidden");
  });

  it("refuses the wrong role before it parses the input", async () => {
    world = start();
    expect(await code(world.as("reception").call("widget", "write", { nonsense: true }))).toBe("forbidden");
    expect(await code(world.as(null).call("widget", "write", { nonsense: true }))).toBe("unauthenticated");
    expect(await code(world.as("doctor").call("widget", "write", { nonsense: true }))).toBe("invalid-input");
  });

  it("lets being admin alone open nothing that is not for admins", async () => {
    world = start();
    expect(await code(world.as("admin").call("widget", "write", { patientId: "P000001" }))).toBe("forbidden");
  });

  it("lets a device do only what names its role", async () => {
    world = start();
    expect(await code(world.as("kiosk").call("widget", "mine", { patientId: "P000001" }))).toBe("forbidden");
    expect(await code(world.as("kiosk").call("widget", "open", {}))).toBe("ok");
  });

  it("asks for a fresh proof, and takes one of the last five minutes only", async () => {
    world = start();
    const admin = (reauthenticatedAt: string | null) => world.as("admin", { reauthenticatedAt }).call("widget", "sensitive", {});
    expect(await code(admin(null))).toBe("reauthentication-required");
    expect(await code(admin("2026-03-01T08:54:59.000Z"))).toBe("reauthentication-required");
    expect(await code(admin("2026-03-01T08:55:01.000Z"))).toBe("ok");
    expect(await code(admin("2026-03-01T09:05:00.000Z"))).toBe("reauthentication-required");
  });

  it("answers an unknown route and a name of Object's prototype alike", async () => {
    world = start();
    for (const [domain, route] of [
      ["widget", "toString"],
      ["constructor", "name"],
      ["nothing", "here"],
      ["widget", "__proto__"],
    ] as const) {
      expect(await code(world.life.run(domain, route, {}, world.as("admin").caller))).toBe("not-found");
    }
  });
});

describe("bad input", () => {
  it("names the field by its dotted path", async () => {
    world = start();
    const error = await refusal(world.as("doctor").call("widget", "write", { patientId: "P000001", nested: { doctorId: 7 } }));
    expect(error).toMatchObject({ code: "invalid-input", data: { field: "nested.doctorId" } });
    expect(error.data.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("names the field of the branch of a union that the caller meant", async () => {
    world = start();
    const error = await refusal(world.as(null).call("widget", "either", { birthDate: "2020-01-01", name: "Alexandra" }));
    expect(error.data.field).toBe("name");
  });

  it.each(["__proto__", "constructor", "prototype"])("refuses the key %s wherever it stands", async (key) => {
    world = start();
    const nested = JSON.parse(`{"patientId":"P000001","nested":{"${key}":{"polluted":true}}}`);
    const error = await refusal(world.as("doctor").call("widget", "write", nested));
    expect(error).toMatchObject({ code: "invalid-input", data: { field: `nested.${key}` } });
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it("refuses more than 1 MB, 33 levels and 100,000 levels without harm", async () => {
    world = start();
    expect(await code(world.as(null).call("widget", "open", { text: "x".repeat(1024 * 1024 + 1) }))).toBe("too-large");
    const nest = (levels: number) => {
      let value: unknown = 1;
      for (let level = 0; level < levels; level += 1) value = [value];
      return { text: value };
    };
    expect(await code(world.as(null).call("widget", "open", nest(33)))).toBe("invalid-input");
    expect(await code(world.as(null).call("widget", "open", nest(90_000)))).toBe("invalid-input");
  });
});

describe("the trail", () => {
  it("writes intent before and outcome after a command, with who, what and why", async () => {
    world = start();
    await world.as("doctor").call("widget", "write", { patientId: "P000001", nested: { doctorId: "D000002" }, reason: "on purpose" });
    expect(world.trail).toEqual([
      expect.objectContaining({ phase: "intent", action: "widget.write", actorId: "user-doctor", outcome: null, reason: "on purpose" }),
      expect.objectContaining({
        phase: "outcome",
        outcome: "ok",
        subject: { patientId: "P000001", doctorId: "D000002", id: "made-P000001" },
      }),
    ]);
    expect(world.trail[0]?.requestId).toBe(world.trail[1]?.requestId);
  });

  it("writes the code of a refusal by the handler as the outcome", async () => {
    world = start({ handlers: { write: async () => Promise.reject(new AppError("slot-taken", "Taken.")) } });
    expect(await code(world.as("doctor").call("widget", "write", { patientId: "P000001" }))).toBe("slot-taken");
    expect(world.trail.map((line) => line.outcome)).toEqual([null, "slot-taken"]);
  });

  it("writes denials down, even on routes that are not audited", async () => {
    world = start();
    await code(world.as("kiosk").call("widget", "mine", { patientId: "P000007" }));
    await code(world.as(null).call("widget", "write", { patientId: "P000008" }));
    await code(world.as("admin").call("widget", "sensitive", {}));
    expect(world.trail.map(({ phase, action, outcome, subject }) => ({ phase, action, outcome, subject }))).toEqual([
      { phase: "event", action: "widget.mine", outcome: "forbidden", subject: { patientId: "P000007" } },
      { phase: "event", action: "widget.write", outcome: "unauthenticated", subject: { patientId: "P000008" } },
      { phase: "event", action: "widget.sensitive", outcome: "reauthentication-required", subject: {} },
    ]);
  });

  it("does not act when the intent cannot be written", async () => {
    let acted = false;
    world = start({
      auditFails: true,
      handlers: {
        write: async () => {
          acted = true;
          return { id: "x" };
        },
      },
    });
    expect(await code(world.as("doctor").call("widget", "write", { patientId: "P000001" }))).toBe("store-unavailable");
    expect(acted).toBe(false);
  });

  it("says why a rule was overridden, never why the patient comes, and whom the call turned out to be about", async () => {
    world = start();
    const call = (input: object) => world.as("doctor").call("widget", "overridden", { reason: "chest pain", ...input });
    await call({});
    await call({ override: { reason: "an emergency" } });
    expect(world.trail.map(({ reason }) => reason)).toEqual([null, null, "an emergency", "an emergency"]);
    expect(world.trail.map(({ subject }) => subject)).toEqual([{}, { patientId: "P000003" }, {}, { patientId: "P000003" }]);
  });

  it("takes few and short names from the input of a stranger", async () => {
    world = start();
    const many = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`a${"b".repeat(index % 20)}${"cd"[index % 2]}Id`, "x"]));
    await code(world.as(null).call("widget", "write", { [`${"n".repeat(10_000)}Id`]: "x", "Jane Roe Id": "x", ...many }));
    expect(Object.keys(world.trail[0]?.subject ?? {}).length).toBeLessThanOrEqual(12);
    expect(JSON.stringify(world.trail[0]).length).toBeLessThan(2000);
    expect(JSON.stringify(world.trail)).not.toContain("Jane");
  });

  it("keeps text that is no id out of the subject", async () => {
    world = start();
    await world.as("doctor").call("widget", "write", { patientId: "Jane Roe, born 1980" });
    expect(world.trail[0]?.subject).toEqual({});
  });
});

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
