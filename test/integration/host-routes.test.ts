import { startHost } from "@main/app/host-server.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openWorld, type World } from "../world/open-world.ts";

let world: World;
let host: Awaited<ReturnType<typeof startHost>>;
beforeAll(async () => {
  world = await openWorld({ liftRateLimits: true });
  host = await startHost({ app: world.app, port: 0 });
});
afterAll(async () => {
  await host.close();
  await world.close();
});

describe("the host over HTTP", () => {
  it("tells its health", async () => {
    const answer = await fetch(`${host.url}/health`);
    expect(await answer.json()).toEqual({ status: "ok", version: world.app.version, stores: { graph: "up", documents: "up" } });
  });

  it("answers a refusal with exactly code, message and data", async () => {
    const answer = await fetch(`${host.url}/api/clinic/getClinic`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
    });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toEqual({ code: "unauthenticated", message: expect.any(String), data: { requestId: expect.any(String) } });
  });

  it("keeps its rate limits without the sample clinic, even where they are lifted", async () => {
    const ask = () =>
      fetch(`${host.url}/api/session/requestPasswordReset`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ username: "somebody" }),
      });
    const answers = [];
    for (let attempt = 0; attempt < 7; attempt += 1) answers.push(await ask());
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200, 200, 200, 429]);
    const refused = answers.at(-1) as Response;
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({ code: "rate-limited", data: { retryAfterMs: expect.any(Number) } });
  });
});
