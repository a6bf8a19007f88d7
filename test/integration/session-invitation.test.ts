import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEventBus } from "@main/app/event-bus.ts";
import { codes, users } from "@main/data/documents/collections.ts";
import type { DocumentPort } from "@main/data/documents/port.ts";
import { openStores } from "@main/data/open-stores.ts";
import { createSession, createSessionControl } from "@main/features/session/index.ts";
import { fileSecrets } from "@main/platform/file-secrets.ts";
import { systemIds } from "@main/platform/ids.ts";
import { createPasswords } from "@main/platform/passwords.ts";
import { createLog } from "@main/platform/pino-log.ts";
import type { UserViewer } from "@main/platform/request.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keysOf } from "../world/keys-of.ts";
import { LAUNCHERS } from "../world/launchers.ts";
import { openWorld } from "../world/open-world.ts";
import { createTestClock } from "../world/test-clock.ts";
import { invitedPatient, newStaff, openClinic, refused } from "./identity-world.ts";

let world: Awaited<ReturnType<typeof openClinic>>;
let reception: UserViewer;
beforeAll(async () => {
  world = await openClinic();
  reception = (await newStaff(world, "reception")).viewer;
});
afterAll(() => world.close());

const PASSWORD = "a basket of figs";
let number = 0;
const freeName = () => {
  number += 1;
  return `invited.${number}`;
};
const accept = (input: { code: string; birthDate: string; username?: string; password?: string }) =>
  world.call("session", "acceptInvitation", { username: freeName(), password: PASSWORD, ...input }, null);
const accountsOf = async (patientId: string) => {
  const { items } = await world.call("staff", "listUsers", { role: "patient", pageSize: 200 }, world.admin);
  return items.filter(({ externalId }) => externalId === patientId);
};

describe("an invitation", () => {
  it("with the birth date becomes an account that is the patient's, and signs in", async () => {
    const { patient, birthDate, code } = await invitedPatient(world, reception);
    const { token, user } = await accept({ code: code.toLowerCase(), birthDate });
    expect(user).toMatchObject({ roles: ["patient"], externalId: patient.id, mustChangePassword: false });
    expect(await world.app.authenticate(token, world.clock)).toMatchObject({ userId: user.id, externalId: patient.id });
  });

  it("works once", async () => {
    const { patient, birthDate, code } = await invitedPatient(world, reception);
    await accept({ code, birthDate });
    await expect(accept({ code, birthDate })).rejects.toMatchObject(refused("invalid-code"));
    expect(await accountsOf(patient.id)).toHaveLength(1);
  });

  it("accepted by eight at once makes one account", async () => {
    const { patient, birthDate, code } = await invitedPatient(world, reception);
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => accept({ code, birthDate })));
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await accountsOf(patient.id)).toHaveLength(1);
  });

  it("is burnt by five wrong birth dates, sent one by one or at once", async () => {
    for (const guess of [
      async (code: string) => {
        for (let day = 1; day <= 5; day += 1) await accept({ code, birthDate: `1980-01-0${day}` }).catch(() => undefined);
      },
      async (code: string) => {
        await Promise.allSettled(Array.from({ length: 9 }, (_, day) => accept({ code, birthDate: `1980-01-0${day + 1}` })));
      },
    ]) {
      const { patient, birthDate, code } = await invitedPatient(world, reception);
      await guess(code);
      await expect(accept({ code, birthDate })).rejects.toMatchObject(refused("invalid-code"));
      expect(await accountsOf(patient.id)).toHaveLength(0);
    }
  });

  it("survives four wrong birth dates", async () => {
    const { birthDate, code } = await invitedPatient(world, reception);
    for (let day = 1; day <= 4; day += 1) {
      await expect(accept({ code, birthDate: `1980-01-0${day}` })).rejects.toMatchObject(refused("invalid-code"));
    }
    await expect(accept({ code, birthDate })).resolves.toHaveProperty("token");
  });

  it("survives a taken name and a guessable password", async () => {
    const { patient, birthDate, code } = await invitedPatient(world, reception);
    const { username } = (await newStaff(world, "nurse")).viewer;
    for (let round = 0; round < 6; round += 1) {
      await expect(accept({ code, birthDate, username })).rejects.toMatchObject(refused("username-taken", "username"));
    }
    await expect(accept({ code, birthDate, password: "password1234" })).rejects.toMatchObject(refused("invalid-input", "password"));
    expect(await accountsOf(patient.id)).toHaveLength(0);
    await expect(accept({ code, birthDate })).resolves.toHaveProperty("token");
  });

  it("ends after seven days, and a new one replaces it", async () => {
    const { patient, birthDate, code } = await invitedPatient(world, reception);
    world.clock.advance(7 * 24 * 3600);
    await expect(accept({ code, birthDate })).rejects.toMatchObject(refused("invalid-code"));
    const issue = () => world.call("patients", "issueInvitation", { patientId: patient.id }, reception);
    const [first, second] = [await issue(), await issue()];
    await expect(accept({ code: first.code, birthDate })).rejects.toMatchObject(refused("invalid-code"));
    await expect(accept({ code: second.code, birthDate })).resolves.toHaveProperty("token");
  });

  it("is finished by the same name and password after a crash between account and code", async () => {
    const folder = await mkdtemp(join(tmpdir(), "polyclinic-invited-"));
    const before = await openClinic({ folder });
    const { patient, birthDate, code } = await invitedPatient(before, (await newStaff(before, "reception")).viewer);
    await before.close();
    const input = { code, birthDate, username: freeName(), password: PASSWORD };
    await acceptAndCrash(folder, input);

    const world = await openWorld({ folder });
    const other = world.call("session", "acceptInvitation", { ...input, username: freeName() }, null);
    await expect(other).rejects.toMatchObject(refused("conflict"));
    const { user } = await world.call("session", "acceptInvitation", input, null);
    expect(user).toMatchObject({ username: input.username, externalId: patient.id });
    await expect(world.call("session", "acceptInvitation", input, null)).rejects.toMatchObject(refused("invalid-code"));
    await world.close();
    await rm(folder, { recursive: true, force: true });
  });
});

/** Accepts an invitation on the real stores of a folder, and is cut off before the code is consumed. */
async function acceptAndCrash(
  folder: string,
  input: { code: string; birthDate: string; username: string; password: string },
): Promise<void> {
  const clock = createTestClock("2026-03-03T08:00:00.000Z");
  const stores = await openStores({
    folder,
    launchers: LAUNCHERS,
    log: createLog({ level: "silent" }),
    clock,
    secrets: fileSecrets(keysOf(folder)),
  });
  const { graph, documents, audit } = stores;
  const cutOff: DocumentPort = {
    ...documents,
    collection(spec) {
      const real = documents.collection(spec);
      return spec.name === codes.name ? { ...real, delete: () => Promise.reject(new Error("cut off")) } : real;
    },
  };
  const passwords = createPasswords({ cost: 4 });
  const bus = createEventBus(clock);
  const control = createSessionControl({ documents, bus });
  const session = createSession({ graph, documents: cutOff, audit, passwords, ids: systemIds, control });
  const origin = { transport: "internal" as const, address: "", userAgent: "" };
  const context = { viewer: null, requestId: "test", clock, signal: new AbortController().signal, about: () => undefined, origin };
  await expect(session.acceptInvitation(input, context)).rejects.toThrow("cut off");
  await passwords.close();
  await stores.close();
}

describe("an account", () => {
  it("is declared unique by name and by link", () => {
    expect(users.unique).toEqual(["username", "externalId"]);
  });
});
