import { AppError } from "@shared/define.ts";
import { afterEach, describe, expect, it } from "vitest";
import { code, refusal, startWidgets as start } from "./widget-world.ts";

let world: ReturnType<typeof start>;
afterEach(() => world.close());

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
