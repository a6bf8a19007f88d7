import { randomUUID } from "node:crypto";
import type { Viewer } from "@main/platform/request.ts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { refused } from "./identity-world.ts";
import { ENDLESS, openResearchWorld, outcomesOf, type ResearchWorld } from "./research-world.ts";

let world: ResearchWorld;
beforeAll(async () => {
  world = await openResearchWorld();
}, 120_000);
afterAll(() => world?.close());
beforeEach(async () => {
  for (const { userId } of [world.researcher, world.colleague])
    await world.call("research", "revokeIdentities", { userId: userId as never }, world.admin);
});

const NAMES = "MATCH (p:Patient) RETURN p.id AS id, p.givenName AS name, p.birthDate AS born, p.phone AS phone ORDER BY p.id";
const run = (cypher: string, who: Viewer, queryId: string = randomUUID()) =>
  world.call("research", "run", { cypher, queryId: queryId as never }, who);
const revoke = (userId: string) => world.call("research", "revokeIdentities", { userId: userId as never }, world.admin);
const grants = async () => (await world.call("research", "listGrants", {}, world.admin)).items;

/** Whether anything of a patient's identity is in an answer. */
const identified = (answer: unknown) => {
  const text = JSON.stringify(answer);
  return world.patients.some(({ id, givenName, birthDate }) => [id, `"${givenName}"`, birthDate].some((part) => text.includes(part)));
};

describe("identities", () => {
  it("are hidden from a researcher, whatever the query does with them", async () => {
    const answer = await run(NAMES, world.researcher);
    expect(answer.masked).toBe(true);
    expect(identified(answer)).toBe(false);
    for (const cypher of [
      "MATCH (p:Patient) RETURN p",
      "MATCH (p:Patient) RETURN properties(p) AS all, keys(p) AS names",
      "MATCH (p:Patient) RETURN collect(p {.*}) AS all",
      "MATCH (p:Patient) WHERE p.givenName STARTS WITH 'Given' RETURN count(*) AS found",
    ]) {
      const hidden = await run(cypher, world.researcher);
      expect({ cypher, identified: identified(hidden) }).toEqual({ cypher, identified: false });
    }
    const { rows } = await run("MATCH (p:Patient) WHERE p.givenName IS NOT NULL RETURN count(*) AS found", world.researcher);
    expect(rows).toEqual([[0]]);
  });

  it("are shown to a researcher who was allowed, and to no other, from that moment", async () => {
    const { expiresAt } = await world.grant(world.researcher, 30);
    expect(expiresAt).toBe(new Date(Date.parse(world.clock.now()) + 30 * 86_400_000).toISOString());
    const answer = await run(NAMES, world.researcher);
    expect(answer.masked).toBe(false);
    const { id, givenName, birthDate } = world.patients[0] ?? {};
    expect(answer.rows[0]).toEqual([id, givenName, birthDate, null]);
    expect((await run(NAMES, world.colleague)).masked).toBe(true);
    expect((await outcomesOf(world, "research.run"))[1]?.subject).toEqual({ queryId: answer.queryId, identities: "shown" });
    expect((await world.call("research", "getSchema", {}, world.researcher)).masked).toBe(false);
    expect((await world.call("research", "getSchema", {}, world.colleague)).masked).toBe(true);
  });

  it("are hidden again when the time is over, also in what is still kept", async () => {
    await world.grant(world.researcher, 1);
    world.clock.advance(86_400 - 60);
    const { queryId, masked } = await run(NAMES, world.researcher);
    const read = () => world.call("research", "readRows", { queryId, offset: 0, limit: 1 }, world.researcher);
    expect([masked, (await read()).rows.length]).toEqual([false, 1]);
    world.clock.advance(60);
    await expect(read()).rejects.toMatchObject(refused("not-found", "queryId"));
    const again = await run(NAMES, world.researcher);
    expect([again.masked, identified(again)]).toEqual([true, false]);
    expect(await grants()).toEqual([]);
  });

  it("are hidden again at once when the grant is taken back: in new, kept and running queries", async () => {
    await world.grant(world.researcher);
    const { queryId } = await run(NAMES, world.researcher);
    const ended = run(ENDLESS, world.researcher).catch((error: unknown) => error);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await revoke(world.researcher.userId);
    expect(await ended).toMatchObject({ code: "cancelled" });
    const file = world.call("research", "exportResult", { queryId, format: "csv" }, world.researcher);
    await expect(file).rejects.toMatchObject(refused("not-found", "queryId"));
    expect((await run(NAMES, world.researcher)).masked).toBe(true);
  }, 60_000);

  it("are in a file of somebody who was allowed, with every count", async () => {
    await world.grant(world.researcher);
    const { queryId } = await run("MATCH (p:Patient) RETURN p.sex AS sex, count(*) AS patients ORDER BY sex", world.researcher);
    const file = await world.call("research", "exportResult", { queryId, format: "ndjson" }, world.researcher);
    expect(file).toMatchObject({ content: '{"sex":"female","patients":14}\n{"sex":"male","patients":3}\n', suppressed: 0 });
  });
});

describe("a grant", () => {
  it("is listed with who gave it and why, until it ends", async () => {
    const { expiresAt } = await world.grant(world.researcher, 7);
    expect(await grants()).toEqual([
      {
        ...{ userId: world.researcher.userId, displayName: world.researcher.displayName, grantedBy: "Amal Admin" },
        ...{ reason: "Ethics board 17/2026", grantedAt: world.clock.now(), expiresAt },
      },
    ]);
    const [outcome] = await outcomesOf(world, "research.grantIdentities");
    expect(outcome).toMatchObject({ outcome: "ok", reason: "Ethics board 17/2026", subject: { userId: world.researcher.userId } });
    await revoke(world.researcher.userId);
    expect(await grants()).toEqual([]);
  });

  it("replaces the one before", async () => {
    await world.grant(world.researcher, 90);
    const { expiresAt } = await world.grant(world.researcher, 1);
    expect((await grants()).map((grant) => grant.expiresAt)).toEqual([expiresAt]);
  });

  it("is for active researchers alone, of known accounts, for 90 days at most, after a fresh proof", async () => {
    const give = (userId: string, more: object = {}, viewer = world.admin) =>
      world.call("research", "grantIdentities", { userId: userId as never, reason: "because", days: 1, ...more }, viewer);
    await expect(give(world.clinic.users.doctor.userId)).rejects.toMatchObject(refused("conflict", "userId"));
    await expect(give(randomUUID())).rejects.toMatchObject(refused("not-found", "userId"));
    await expect(give(world.researcher.userId, { days: 91 })).rejects.toMatchObject(refused("invalid-input", "days"));
    await expect(give(world.researcher.userId, { reason: " " })).rejects.toMatchObject(refused("invalid-input", "reason"));
    await expect(give(world.researcher.userId, {}, { ...world.admin, reauthenticatedAt: null })).rejects.toMatchObject(
      refused("reauthentication-required"),
    );
    await expect(give(world.researcher.userId, {}, world.researcher as never)).rejects.toMatchObject(refused("forbidden"));
    await expect(revoke(randomUUID())).rejects.toMatchObject(refused("not-found", "userId"));

    const input = { username: "leaver", displayName: "Leaver", roles: ["researcher" as const], password: "winter lamp orchard seven" };
    const leaver = await world.call("staff", "createUser", input, world.admin);
    await world.call("staff", "deactivateUser", { userId: leaver.id, version: leaver.version }, world.admin);
    await expect(give(leaver.id)).rejects.toMatchObject(refused("conflict", "userId"));
    expect(await grants()).toEqual([]);
  });
});
