import type { AppEvent } from "@shared/contract/events.ts";
import { afterEach, describe, expect, it } from "vitest";
import { transportsWorld } from "./transports-world.ts";

let world: Awaited<ReturnType<typeof transportsWorld>>;
afterEach(() => world.close());

const everyone = { everyone: true } as const;
const changed = (appointmentId: string): AppEvent => ({
  type: "scheduling.dayChanged",
  day: "2026-03-01",
  doctorId: "D000001",
  patientId: "P000001",
  appointmentId,
});
const ids = (events: AppEvent[]) => events.map((event) => (event.type === "scheduling.dayChanged" ? event.appointmentId : event.type));

/** A subscriber that keeps what it hears. */
function listener() {
  const heard: AppEvent[] = [];
  const counts = { resyncs: 0 };
  return { heard, counts, onEvent: (event: AppEvent) => heard.push(event), onResync: () => (counts.resyncs += 1) };
}

/** Waits until the subscription is there: it hears of this one. */
async function listening(subscriber: ReturnType<typeof listener>) {
  await expect
    .poll(() => {
      world.bus.publish({ type: "system.storeRestored", store: "graph" }, everyone);
      return subscriber.heard.length;
    })
    .toBeGreaterThan(0);
  await new Promise((resolve) => setTimeout(resolve, 50));
  subscriber.heard.length = 0;
}

describe("events", () => {
  it("reach those who may know, and nobody else", async () => {
    world = await transportsWorld();
    const doctor = listener();
    const reception = listener();
    world.overSocket("doctor").subscribe(doctor);
    world.overPort("reception").subscribe(reception);
    await listening(doctor);
    await listening(reception);
    world.bus.publish(changed("A000001"), { roles: ["doctor"] });
    world.bus.publish(changed("A000002"), everyone);
    await expect.poll(() => ids(reception.heard)).toEqual(["A000002"]);
    await expect.poll(() => ids(doctor.heard).slice(-2)).toEqual(["A000001", "A000002"]);
  });

  it("arrive after a cut as if there had been none: none lost, none twice, in order", async () => {
    world = await transportsWorld();
    const doctor = listener();
    world.overSocket("doctor").subscribe(doctor);
    await listening(doctor);
    world.bus.publish(changed("A000001"), everyone);
    await expect.poll(() => ids(doctor.heard)).toEqual(["A000001"]);
    await world.cut();
    for (const id of ["A000002", "A000003", "A000004"]) world.bus.publish(changed(id), everyone);
    await expect.poll(() => ids(doctor.heard), { timeout: 5_000 }).toEqual(["A000001", "A000002", "A000003", "A000004"]);
    expect(doctor.counts.resyncs).toBe(0);
  });

  it("that happened before the first one was heard are caught up with, too", async () => {
    world = await transportsWorld();
    const doctor = listener();
    const client = world.overSocket("doctor");
    client.subscribe(doctor);
    await client.call("echo", { text: "" });
    await new Promise((resolve) => setTimeout(resolve, 100));
    await world.cut();
    world.bus.publish(changed("A000001"), everyone);
    await expect.poll(() => ids(doctor.heard), { timeout: 5_000 }).toEqual(["A000001"]);
  });

  it("that are no longer kept are made up for by reading everything anew", async () => {
    world = await transportsWorld({ kept: 3 });
    const doctor = listener();
    world.overSocket("doctor").subscribe(doctor);
    await listening(doctor);
    await world.cut();
    for (const id of ["A000001", "A000002", "A000003", "A000004", "A000005"]) world.bus.publish(changed(id), everyone);
    await expect.poll(() => doctor.counts.resyncs, { timeout: 5_000 }).toBe(1);
    world.bus.publish(changed("A000006"), everyone);
    await expect.poll(() => ids(doctor.heard)).toEqual(["A000006"]);
  });

  it("of another run are not mistaken for ours", async () => {
    world = await transportsWorld();
    const answer = await world.http("doctor", "/api/events/subscribe", JSON.stringify({ after: 5 }));
    const reader = answer.body?.getReader();
    const first = new TextDecoder().decode((await reader?.read())?.value);
    await reader?.cancel();
    expect(answer.headers.get("content-type")).toContain("text/event-stream");
    expect(JSON.parse(first.slice("data: ".length))).toMatchObject({ event: null, resync: true });
  });

  it("stop when the listener stops", async () => {
    world = await transportsWorld();
    const doctor = listener();
    const stop = world.overSocket("doctor").subscribe(doctor);
    await listening(doctor);
    stop();
    await new Promise((resolve) => setTimeout(resolve, 50));
    world.bus.publish(changed("A000001"), everyone);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(doctor.heard).toEqual([]);
  });

  it("end with the session, told once", async () => {
    world = await transportsWorld();
    let ended = 0;
    const doctor = listener();
    world.overSocket("doctor", { onSessionEnded: () => (ended += 1) }).subscribe(doctor);
    await listening(doctor);
    world.bus.publish({ type: "session.expired", sessionId: "session-doctor", cause: "revoked" }, everyone);
    await expect.poll(() => ended).toBe(1);
    world.bus.publish(changed("A000001"), everyone);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(ids(doctor.heard)).toEqual(["session.expired"]);
  });

  it("end when the session has run out, although nobody announced it", async () => {
    let alive = true;
    world = await transportsWorld({ isAlive: async () => alive, checkEveryMs: 20 });
    let ended = 0;
    const doctor = listener();
    world.overPort("doctor", { onSessionEnded: () => (ended += 1) }).subscribe(doctor);
    await listening(doctor);
    alive = false;
    await expect.poll(() => ended).toBe(1);
    expect(doctor.heard).toEqual([{ type: "session.expired", sessionId: "session-doctor", cause: "expired" }]);
  });

  it("are not for those who are not signed in", async () => {
    world = await transportsWorld();
    expect((await world.http(null, "/api/events/subscribe", "{}")).status).toBe(401);
  });
});
