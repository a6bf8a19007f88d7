import { connect } from "node:net";
import type { AppError } from "@shared/define.ts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import WebSocket from "ws";
import { transportsWorld } from "./transports-world.ts";

let world: Awaited<ReturnType<typeof transportsWorld>>;
beforeEach(async () => {
  world = await transportsWorld();
});
afterEach(() => world.close());

const refusal = async (call: Promise<unknown>) =>
  call.then(
    () => Promise.reject(new Error("was not refused")),
    (error: AppError) => ({ code: error.code, message: error.message, data: { ...error.data, requestId: typeof error.data.requestId } }),
  );
const httpRefusal = async (answer: Response) => {
  const body = (await answer.json()) as { code: string; message: string; data: { requestId: string } };
  return { ...body, data: { ...body.data, requestId: typeof body.data.requestId } };
};

describe("one error, whichever way it comes", () => {
  const cases: [name: string, role: "doctor" | null, route: string, input: unknown][] = [
    ["a refusal of the handler", "doctor", "refuse", {}],
    ["input that is not valid", "doctor", "echo", { text: 7 }],
    ["nobody signed in", null, "echo", { text: "" }],
    ["a route that does not exist", "doctor", "nothing", {}],
    ["a polluting key", "doctor", "echo", { text: "", constructor: { x: 1 } }],
  ];
  it.each(cases)("%s", async (_name, role, route, input) => {
    const overPort = await refusal(world.overPort(role).call(route, input));
    const overSocket = await refusal(world.overSocket(role).call(route, input));
    const overHttp = await httpRefusal(await world.http(role, `/api/probe/${route}`, JSON.stringify(input)));
    expect(overPort.data.requestId).toBe("string");
    expect(overSocket).toEqual(overPort);
    expect(overHttp).toEqual(overPort);
  });

  it("carries the field at fault over each", async () => {
    expect(await refusal(world.overPort("doctor").call("refuse", {}))).toMatchObject({
      code: "changed-meanwhile",
      data: { field: "version" },
    });
    expect(await refusal(world.overSocket("doctor").call("echo", {}))).toMatchObject({ code: "invalid-input", data: { field: "text" } });
  });

  it("carries Arabic, emoji and half-special text unchanged", async () => {
    const text = 'ليلى 👩🏽‍⚕️ \u202e<b>&amp;\\ " \u2028';
    expect(await world.overPort("doctor").call("echo", { text })).toEqual({ text });
    expect(await world.overSocket("doctor").call("echo", { text })).toEqual({ text });
    expect(await (await world.http("doctor", "/api/probe/echo", JSON.stringify({ text }))).json()).toEqual({ text });
  });
});

describe("HTTP", () => {
  it.each([
    ["broken JSON", "{", 422, "invalid-input"],
    ["a list", "[]", 422, "invalid-input"],
    ["a bare word", '"text"', 422, "invalid-input"],
  ])("answers %s with a typed error", async (_name, body, status, code) => {
    const answer = await world.http("doctor", "/api/probe/echo", body);
    expect(answer.status).toBe(status);
    expect(Object.keys((await answer.json()) as object).sort()).toEqual(["code", "data", "message"]);
    expect((await httpRefusal(await world.http("doctor", "/api/probe/echo", body))).code).toBe(code);
  });

  it("refuses more than 1 MB with 413 and answers 1 MB", async () => {
    const tooLarge = await world.http("doctor", "/api/probe/echo", JSON.stringify({ text: "x".repeat(1_200_000) }));
    expect([tooLarge.status, (await httpRefusal(tooLarge)).code]).toEqual([413, "too-large"]);
    expect((await world.http("doctor", "/api/probe/echo", JSON.stringify({ text: "x".repeat(999_999) }))).status).toBe(200);
  });

  it("refuses another content type, another method and another path", async () => {
    expect((await world.http("doctor", "/api/probe/echo", "text=1", { "content-type": "text/plain" })).status).toBe(422);
    const got = await fetch(`${world.url}/api/probe/echo`);
    expect([got.status, (await httpRefusal(got)).code]).toEqual([404, "not-found"]);
    expect((await world.http("doctor", "/api/probe/echo/more", "{}")).status).toBe(404);
  });

  it("takes an empty body as an empty input", async () => {
    const answer = await world.http("doctor", "/api/probe/refuse", "");
    expect((await httpRefusal(answer)).code).toBe("changed-meanwhile");
  });

  it("answers neither a foreign page nor a foreign host name", async () => {
    const foreignPage = await world.http("doctor", "/api/probe/refuse", "{}", { origin: "http://evil.example" });
    expect([foreignPage.status, (await httpRefusal(foreignPage)).code]).toEqual([403, "forbidden"]);
    const rebound = await raw(`POST /api/probe/refuse HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
    expect(rebound).toContain("403");
    const own = await world.http("doctor", "/api/probe/refuse", "{}", { origin: world.url });
    expect(own.status).toBe(409);
  });

  it("aborts the work of a caller who hangs up", async () => {
    const stop = new AbortController();
    const pending = fetch(`${world.url}/api/probe/wait`, {
      method: "POST",
      body: "{}",
      headers: { "content-type": "application/json", authorization: "Bearer token-doctor" },
      signal: stop.signal,
    });
    world.router.as("doctor");
    await expect.poll(() => world.waits.length).toBe(1);
    stop.abort();
    await expect(pending).rejects.toThrow();
    await expect.poll(() => world.waits[0]?.aborted).toBe(true);
  });
});

describe("WebSocket", () => {
  const closed = (socket: WebSocket) =>
    new Promise<number>((resolve) => {
      socket.once("close", resolve);
      socket.once("error", () => undefined);
    });
  const socketTo = (path: string, headers: Record<string, string> = {}) => new WebSocket(`ws://${world.authority}${path}`, { headers });

  it("refuses a foreign origin, a foreign host and another path before a connection exists", async () => {
    for (const socket of [
      socketTo("/ws", { origin: "http://evil.example" }),
      socketTo("/ws", { host: "evil.example" }),
      socketTo("/other"),
    ]) {
      const error = await new Promise<Error>((resolve) => socket.once("error", resolve));
      expect(error.message).toContain("403");
    }
  });

  it("closes on a frame it cannot read and on one that is too large, and goes on for others", async () => {
    const garbled = socketTo("/ws");
    garbled.once("open", () => garbled.send("{not json"));
    expect(await closed(garbled)).toBe(1007);
    const huge = socketTo("/ws");
    huge.once("open", () => huge.send("x".repeat(200 * 1024)));
    expect(await closed(huge)).toBe(1009);
    expect(await world.overSocket("doctor").call("echo", { text: "still here" })).toEqual({ text: "still here" });
  });

  it("takes a profile picture of the largest size", async () => {
    const text = "x".repeat(90_000);
    expect(await world.overSocket("doctor").call("echo", { text })).toEqual({ text });
  });

  it("aborts a call that its caller gives up", async () => {
    const stop = new AbortController();
    const pending = world.overSocket("doctor").call("wait", {}, stop.signal);
    await expect.poll(() => world.waits.length).toBe(1);
    stop.abort();
    await expect(pending).rejects.toThrow();
    await expect.poll(() => world.waits[0]?.aborted).toBe(true);
  });

  it("asks a query once more after a cut, and fails a command", async () => {
    const client = world.overSocket("doctor");
    await client.call("echo", { text: "connected" });
    const command = refusal(client.call("wait", {}));
    await expect.poll(() => world.waits.length).toBe(1);
    await world.cut();
    expect(await command).toMatchObject({ code: "store-unavailable" });
    expect(await client.call("echo", { text: "again" })).toEqual({ text: "again" });
  });

  it("tells once that the session of a token is over", async () => {
    let ended = 0;
    const client = world.overSocket("doctor", { onSessionEnded: () => (ended += 1) });
    await client.call("echo", { text: "" });
    world.router.signOut("doctor");
    expect(await refusal(client.call("echo", { text: "" }))).toMatchObject({ code: "unauthenticated" });
    expect(await refusal(client.call("echo", { text: "" }))).toMatchObject({ code: "unauthenticated" });
    expect(ended).toBe(1);
  });
});

/** Sends bytes as they are and answers all that comes back. */
function raw(request: string): Promise<string> {
  const [host, port] = world.authority.split(":");
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), host);
    let answer = "";
    socket.on("data", (data) => {
      answer += data;
    });
    socket.on("end", () => resolve(answer));
    socket.on("error", reject);
    socket.write(request);
  });
}
