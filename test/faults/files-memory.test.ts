import { type ChildProcess, spawn } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { sha } from "../integration/files-world.ts";
import { TEST_PASSWORD } from "../world/clinic-with.ts";
import { openWorld } from "../world/open-world.ts";
import { pngOf } from "../world/sample-files.ts";
import { readLines } from "./child-lines.ts";

const MB = 1024 * 1024;
/** By how much the host may grow while it carries a file. */
const GROWTH = 64 * MB;
const RUN = fileURLToPath(new URL("../world/run-module.ts", import.meta.url));
const HOST = fileURLToPath(new URL("./files-host.ts", import.meta.url));

let folder: string;
let child: ChildProcess;
let lines: ReturnType<typeof readLines>;
let patientId: string;
let token: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "polyclinic-files-memory-"));
  const world = await openWorld({ folder, clockAt: "2026-03-03T08:00:00.000Z" });
  const { registerPatient, users } = await world.clinicWith();
  patientId = (await registerPatient()).id;
  await world.call("patients", "breakGlass", { patientId, reason: "the test's own patient" }, users.doctor);
  await world.call("encounters", "startEncounter", { patientId, key: "files-memory-visit" }, users.doctor);
  await world.call("session", "changePassword", { currentPassword: TEST_PASSWORD, newPassword: "spring lamp orchard eight" }, users.doctor);
  token = (await world.signIn("doctor", "spring lamp orchard eight")).token;
  await world.close();
  child = spawn(process.execPath, [RUN, HOST, folder], { stdio: ["ignore", "pipe", "inherit"] });
  lines = readLines(child);
}, 120_000);
afterAll(async () => {
  child?.kill("SIGKILL");
  await lines?.ended;
  await rm(folder, { recursive: true, force: true });
});

const rss = () => lines.all.flatMap((line) => (line.startsWith("rss ") ? [Number(line.slice(4))] : []));

async function call<T>(url: string, route: string, input: object): Promise<T> {
  const response = await fetch(`${url}/api/files/${route}`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify(input),
  });
  expect(response.status).toBe(200);
  return (await response.json()) as T;
}

/** Sends a file and reads it back; answers its digest as it came back. */
async function thereAndBack(url: string, bytes: Buffer): Promise<string> {
  const begun = { patientId, filename: "large.png", filesize: bytes.length, key: randomUUID() };
  const { uploadId } = await call<{ uploadId: string }>(url, "beginUpload", begun);
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/octet-stream" };
  const put = await fetch(`${url}/files/${uploadId}?offset=0`, { method: "PUT", body: new Uint8Array(bytes), headers });
  expect(await put.json()).toEqual({ received: bytes.length });
  const { id } = await call<{ id: string }>(url, "finishUpload", { uploadId, sha256: sha(bytes) });
  const response = await fetch(`${url}/files/${id}`, { headers: { authorization: `Bearer ${token}` } });
  const hash = createHash("sha256");
  for await (const piece of response.body ?? []) hash.update(piece);
  return hash.digest("hex");
}

it("100 MB go in and out of a host that grows by less than 64 MB meanwhile", { timeout: 240_000 }, async () => {
  const url = await lines.first;
  // What is loaded and compiled with the first files is not theirs.
  const small = pngOf(10 * MB);
  expect(await thereAndBack(url, small)).toBe(sha(small));
  await new Promise((resolve) => setTimeout(resolve, 300));
  const before = Math.min(...rss().slice(-4));
  const seen = rss().length;
  const large = pngOf(100 * MB);
  expect(await thereAndBack(url, large)).toBe(sha(large));
  const peak = Math.max(...rss().slice(seen));
  console.info(`a host of ${Math.round(before / MB)} MB grew by ${Math.round((peak - before) / MB)} MB while it carried 100 MB in and out`);
  expect(peak - before).toBeLessThanOrEqual(GROWTH);
  expect(rss().length - seen).toBeGreaterThan(5);
});
