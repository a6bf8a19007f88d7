import type { UserViewer } from "@main/platform/request.ts";
import type { AppEvent, NumberedEvent } from "@shared/contract/events.ts";
import { CHUNK_BYTES } from "@shared/model/file-types.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TEST_PASSWORD } from "../world/clinic-with.ts";
import { sameAs } from "../world/on-servers.ts";
import { openWorld, type World } from "../world/open-world.ts";
import { type FilesWorld, newKey, openFilesWorld, sha } from "./files-world.ts";
import { noise } from "./pictures.ts";

// Two workstations on the same servers: what is done at one is there at the other.
const WITHIN_MS = 1_000;
let here: FilesWorld;
let there: World;
beforeAll(async () => {
  here = await openFilesWorld({ servers: true });
  there = await openWorld({ servers: sameAs(here) });
}, 300_000);
afterAll(async () => {
  await there?.close();
  await here?.close();
});

const fresh = (viewer: UserViewer): UserViewer => ({ ...viewer, reauthenticatedAt: here.clock.now() });
const outcome = (call: Promise<unknown>) =>
  call.then(
    () => "ok",
    (error: { code: string }) => error.code,
  );

/** Somebody who listens at a workstation: what they are told and when. */
async function listen(world: World, viewer: UserViewer) {
  const gone = new AbortController();
  const { clock } = world;
  const asked = world.app.call("events", "subscribe", {}, { viewer, clock, signal: gone.signal });
  const items = (await asked) as AsyncGenerator<NumberedEvent>;
  await items.next();
  const heard: { event: AppEvent | null; at: number }[] = [];
  const ended = (async () => {
    for await (const { event } of items) heard.push({ event, at: performance.now() });
  })();
  return {
    heard,
    ended,
    async stop() {
      gone.abort();
      await ended;
    },
  };
}

/** Waits until the listener hears of such an event; answers how long after `since` it came. */
async function delayOf({ heard }: Awaited<ReturnType<typeof listen>>, type: AppEvent["type"], since: number): Promise<number> {
  await expect.poll(() => heard.some(({ event }) => event?.type === type), { timeout: 10_000, interval: 20 }).toBe(true);
  return (heard.find(({ event }) => event?.type === type)?.at ?? Number.NaN) - since;
}

let accounts = 0;
async function newStaff(roles: ("admin" | "nurse" | "reception")[]): Promise<UserViewer & { token: string; version: number }> {
  const username = `staff.${++accounts}`;
  const account = { username, displayName: `Staff ${accounts}`, roles, password: TEST_PASSWORD };
  const { version } = await here.call("staff", "createUser", account, here.clinic.users.admin);
  return { ...(await here.signIn(username, TEST_PASSWORD)), version };
}

describe("what happens at one workstation", () => {
  it("is told at the other within a second: a booking, a message, a notice", async () => {
    const { patientId, viewer: patient } = await here.patient();
    const { doctor, reception } = here.clinic.users;
    const listening = await Promise.all([listen(there, doctor), listen(there, patient)]);
    const [ofDoctor, ofPatient] = listening;
    const { items } = await here.call("scheduling", "listFreeSlots", { doctorId: here.clinic.doctor.id, day: "2026-03-04" }, reception);
    const slot = { patientId, doctorId: here.clinic.doctor.id, startsAt: items[0]?.startsAt ?? "", key: newKey() };
    await here.call("scheduling", "bookAppointment", slot, reception);
    expect(await delayOf(ofDoctor, "scheduling.dayChanged", performance.now())).toBeLessThan(WITHIN_MS);
    const { id: conversationId } = await here.call("messaging", "openConversation", { userId: patient.userId }, doctor);
    await here.call("messaging", "sendText", { conversationId, text: "Come at nine.", clientId: newKey() }, doctor);
    const sentAt = performance.now();
    expect(await delayOf(ofPatient, "messaging.messageSent", sentAt)).toBeLessThan(WITHIN_MS);
    expect(await delayOf(ofPatient, "notifications.added", sentAt)).toBeLessThan(WITHIN_MS);
    await Promise.all(listening.map(({ stop }) => stop()));
  });

  it("ends the listening of a session at the other when its roles are changed, and the session with it", async () => {
    const nurse = await newStaff(["nurse"]);
    expect(await there.app.authenticate(nurse.token, there.clock)).toMatchObject({ userId: nurse.userId });
    const listener = await listen(there, nurse);
    const { userId, version } = nurse;
    await here.call("staff", "setRoles", { userId, version, roles: ["reception"] }, fresh(here.clinic.users.admin));
    expect(await there.app.authenticate(nurse.token, there.clock)).toBeNull();
    expect(await delayOf(listener, "session.expired", performance.now())).toBeLessThan(WITHIN_MS);
    await listener.ended;
    expect(listener.heard.at(-1)?.event).toMatchObject({ type: "session.expired", cause: "roles-changed", sessionId: nurse.sessionId });
  });

  it("opens a session that is good at the other, and revokes it there at once", async () => {
    const nurse = await newStaff(["nurse"]);
    const again = await there.signIn(nurse.username, TEST_PASSWORD);
    expect(await here.app.authenticate(again.token, here.clock)).toMatchObject({ sessionId: again.sessionId });
    await here.call("session", "revokeSession", { sessionId: again.sessionId }, nurse);
    expect(await there.app.authenticate(again.token, there.clock)).toBeNull();
    expect(await there.app.authenticate(nurse.token, there.clock)).toMatchObject({ sessionId: nurse.sessionId });
  });

  it("is read at the other as it is: an unfinished note, a patient who was just registered", async () => {
    const { encounterId } = await here.patient();
    const { doctor, reception } = here.clinic.users;
    const sections = { complaint: "cough for three days", examination: "", plan: "" };
    await here.call("encounters", "saveDraft", { encounterId, sections, revision: 1 }, doctor);
    expect((await there.call("encounters", "getDraft", { encounterId }, doctor)).draft).toMatchObject({ sections, revision: 1 });
    expect((await there.call("patients", "search", { text: "Zainab" }, reception)).items).toEqual([]);
    const { id } = await here.clinic.registerPatient({ givenName: "Zainab" });
    expect((await there.call("patients", "search", { text: "Zainab" }, reception)).items.map((item) => item.id)).toEqual([id]);
  });
});

describe("a file", () => {
  let seed = 0;
  /** A picture of so many chunks, that no other test has. */
  const picture = (chunks: number) => {
    const side = Math.ceil(Math.sqrt((chunks * CHUNK_BYTES) / 3));
    return noise(side, side, ++seed).toBuffer("image/png");
  };

  it("that was uploaded at one is downloaded at the other byte for byte", async () => {
    const { patientId } = await here.patient();
    const { doctor } = here.clinic.users;
    const bytes = picture(1.5);
    const { id, filesize } = await here.upload(doctor, { patientId, bytes, filename: "scan.png" });
    const parts: Buffer[] = [];
    for (let offset = 0; offset < filesize; offset += CHUNK_BYTES) {
      parts.push(Buffer.from((await there.call("files", "readChunk", { fileId: id, offset }, doctor)).data, "base64"));
    }
    expect(sha(Buffer.concat(parts))).toBe(sha(bytes));
  });

  it("whose sender moves to and fro between the two arrives whole", async () => {
    const { patientId } = await here.patient();
    const { doctor } = here.clinic.users;
    const bytes = picture(3);
    const begin = { patientId, filename: "moved.png", filesize: bytes.length, key: newKey() };
    const { uploadId } = await here.call("files", "beginUpload", begin, doctor);
    const piece = Math.ceil(bytes.length / 7);
    for (let at = 0, turn = 0; at < bytes.length; at += piece, turn += 1) {
      const world = [here, there, there][turn % 3] as World;
      expect((await world.call("files", "beginUpload", begin, doctor)).received).toBe(at);
      const data = bytes.subarray(at, at + piece).toString("base64");
      await world.call("files", "uploadChunk", { uploadId, offset: at, data }, doctor);
    }
    const file = await there.call("files", "finishUpload", { uploadId, sha256: sha(bytes) }, doctor);
    expect(file).toMatchObject({ filesize: bytes.length, sha256: sha(bytes) });
  });
});

describe("the clinic's administrators", () => {
  it("cannot take the rights from each other at the same moment from two workstations", async () => {
    const [one, other] = [await newStaff(["admin"]), await newStaff(["admin"])];
    const founder = here.clinic.users.admin;
    const { version } = (await here.call("staff", "listUsers", {}, one)).items.find(({ id }) => id === founder.userId) ?? { version: 0 };
    await here.call("staff", "setRoles", { userId: founder.userId, version, roles: ["nurse"] }, fresh(one));
    const nurse = (userId: string, known: number) => ({ userId, version: known, roles: ["nurse" as const] });
    const outcomes = await Promise.all([
      outcome(here.call("staff", "setRoles", nurse(other.userId, other.version), fresh(one))),
      outcome(there.call("staff", "setRoles", nurse(one.userId, one.version), fresh(other))),
    ]);
    expect([...outcomes].sort()).toEqual(["conflict", "ok"]);
  });
});
