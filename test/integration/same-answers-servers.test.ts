import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrate } from "@main/app/migrate/migrate.ts";
import { systemClock } from "@main/platform/clock.ts";
import { fileSecrets } from "@main/platform/file-secrets.ts";
import { createLog } from "@main/platform/pino-log.ts";
import { AppError } from "@shared/define.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keysOf } from "../world/keys-of.ts";
import { LAUNCHERS } from "../world/launchers.ts";
import { dropDatabase, ownServers } from "../world/on-servers.ts";
import { openWorld, type World, type WorldOptions } from "../world/open-world.ts";

// The same sample clinic on embedded stores and, moved, on servers: what every reading route answers is compared, whole.
const AT = "2026-03-03T08:00:00.000Z";

let embedded: Map<string, unknown>;
let servers: Map<string, unknown>;
let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "polyclinic-same-"));
  const folder = join(root, "data");
  const here = { folder, clockAt: AT, liftRateLimits: true };
  embedded = await answersOf(here, (world) => world.call("setup", "loadSampleClinic", { seed: 7, patients: 12 }, null));
  const there = await ownServers();
  const moved = await migrate({
    ...{ to: "servers", folder, servers: there, graph: LAUNCHERS.graph, secrets: fileSecrets(keysOf(folder)), keyPassphrase: null },
    ...{ log: createLog({ level: "silent" }), clock: systemClock, configure: async () => [], say: () => undefined },
  });
  expect(moved.equal).toBe(true);
  servers = await answersOf({ ...here, servers: there });
  await dropDatabase(there);
}, 600_000);
afterAll(() => rm(root, { recursive: true, force: true }));

async function answersOf(options: WorldOptions, prepare = async (_: World): Promise<unknown> => undefined): Promise<Map<string, unknown>> {
  const world = await openWorld(options);
  try {
    await prepare(world);
    const answers = new Map<string, unknown>();
    for await (const [question, answer] of questions(world)) answers.set(question, comparable(answer));
    return answers;
  } finally {
    await world.close();
  }
}

/** Without what differs from one asking to the next: the time it took, and where the clinic lies. */
function comparable(answer: unknown): unknown {
  return JSON.parse(JSON.stringify(answer, (key, value: unknown) => (DIFFERS.has(key) ? undefined : value))) as unknown;
}

const DIFFERS: ReadonlySet<string> = new Set(["durationMs", "dataFolder", "diskFreeBytes", "snapshotAt", "lastSignInAt"]);

/** A row as text. What a snapshot calls its nodes and relationships goes by the order in which it was filled, and holds in that one alone. */
const withoutElementIds = (row: unknown): string => JSON.stringify(row).replaceAll(/"\d+:[ne]\d+"/g, '"of its snapshot"');

/** A refusal is an answer too; no answer in time is none. */
const orRefusal = (asked: Promise<unknown>): Promise<unknown> =>
  asked.catch((error: unknown) => {
    if (error instanceof AppError && error.code !== "timeout") return { refused: error.code, field: error.data.field };
    throw error;
  });

/** How often a question is asked that a machine with other work did not answer in time. */
const PATIENCE = 5;

/** Asks again where there was no answer in time: what is asked here changes nothing, and is compared by what it answers. */
function patiently(ask: Ask): Ask {
  return async (domain, route, input) => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await ask(domain, route, input);
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== "timeout") throw error;
        if (tries === PATIENCE) throw new Error(`${domain}.${route} was not answered in time, ${PATIENCE} times`, { cause: error });
      }
    }
  };
}

type Ask = ReturnType<World["as"]>;

async function* questions(at: World): AsyncGenerator<[string, unknown]> {
  const signIn = async (username: string) => {
    const viewer = await at.signIn(username);
    return { ...viewer, ask: patiently(at.as(viewer)) };
  };
  const { ask: admin } = await signIn("admin");
  const { ask: doctor } = await signIn("doctor");
  const { ask: desk } = await signIn("reception");
  const { ask: patient, externalId: ownId } = await signIn("patient");
  const { ask: researcher } = await signIn("researcher");
  yield ["setup.getStatus", await patiently(at.as(null))("setup", "getStatus", {})];
  yield ["clinic.getClinic", await desk("clinic", "getClinic", {})];
  yield ["clinic.listDepartments", await desk("clinic", "listDepartments", {})];
  const doctors = await desk("clinic", "listDoctors", {});
  yield ["clinic.listDoctors", doctors];
  yield ["staff.listUsers", await admin("staff", "listUsers", {})];
  const roster = await doctor("patients", "listRoster", { page: 1, pageSize: 100 });
  yield ["patients.listRoster", roster];
  for (const text of ["a", "al-masri", "محمد", "0", "P000003"]) {
    yield [`patients.search ${text}`, await desk("patients", "search", { text, limit: 20 })];
  }
  for (const { id: patientId } of roster.items) {
    yield [`patients.get ${patientId}`, await desk("patients", "get", { patientId })];
    yield [`patients.getChart ${patientId}`, await orRefusal(doctor("patients", "getChart", { patientId }))];
    yield [`encounters.listEncounters ${patientId}`, await orRefusal(doctor("encounters", "listEncounters", { patientId }))];
    yield [`files.listFiles ${patientId}`, await orRefusal(doctor("files", "listFiles", { patientId }))];
  }
  for (const { id: doctorId } of doctors.items) {
    yield [`scheduling.getWorkingHours ${doctorId}`, await desk("scheduling", "getWorkingHours", { doctorId })];
    for (let day = 1; day <= 7; day += 1) {
      const on = { doctorId, day: `2026-03-0${day}` };
      yield [`scheduling.listFreeSlots ${doctorId} ${on.day}`, await desk("scheduling", "listFreeSlots", on)];
      yield [`scheduling.listDay ${doctorId} ${on.day}`, await desk("scheduling", "listDay", on)];
    }
  }
  yield ["scheduling.listMyAppointments", await patient("scheduling", "listMyAppointments", {})];
  yield ["patients.getChart own", await patient("patients", "getChart", { patientId: ownId ?? "" })];
  const { items: conversations } = await doctor("messaging", "listConversations", {});
  yield ["messaging.listConversations", conversations];
  for (const [index, { id: conversationId }] of conversations.entries()) {
    yield [`messaging.listMessages ${index}`, await doctor("messaging", "listMessages", { conversationId })];
  }
  yield ["messaging.search", await doctor("messaging", "search", { text: "the" })];
  yield ["notifications.list", await patient("notifications", "list", {})];
  for (const { id } of (await researcher("research", "listCards", {})).items) {
    const { rows, columns } = await researcher("research", "runCard", { cardId: id });
    yield [`research.runCard ${id}`, { columns, rows: rows.map(withoutElementIds).toSorted() }];
  }
  const counted = "MATCH (n) UNWIND labels(n) AS label RETURN label AS label, count(*) AS n ORDER BY label";
  const { columns, rows } = await researcher("research", "run", { cypher: counted });
  yield ["research.run", { columns, rows }];
  yield ["reports.verifyAudit", { ok: (await admin("reports", "verifyAudit", {})).ok }];
}

describe("the sample clinic on Neo4j and MongoDB", () => {
  it("asks the same questions", () => {
    expect([...servers.keys()]).toEqual([...embedded.keys()]);
    expect(embedded.size).toBeGreaterThan(100);
  });

  it("answers every one of them as on embedded stores", () => {
    for (const [question, answer] of embedded) expect([question, servers.get(question)]).toEqual([question, answer]);
  });
});
