import { randomUUID } from "node:crypto";
import type { Viewer } from "@main/platform/request.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { refused } from "./identity-world.ts";
import { openResearchWorld, type ResearchWorld } from "./research-world.ts";

let world: ResearchWorld;
beforeAll(async () => {
  world = await openResearchWorld();
}, 120_000);
afterAll(() => world?.close());

const QUERY = { cypher: "MATCH (p:Patient)\nRETURN p.sex AS sex, count(*) AS n" };
const save = (input: object, who: Viewer = world.researcher) =>
  world.call("research", "saveQuery", { ...QUERY, name: "unnamed", ...input }, who);
const list = async (text?: string, who: Viewer = world.researcher) =>
  (await world.call("research", "listSavedQueries", { text }, who)).items;
const remove = (id: string, who: Viewer = world.researcher) => world.call("research", "deleteSavedQuery", { id: id as never }, who);
const names = (items: { name: string }[]) => items.map(({ name }) => name);

describe("a saved query", () => {
  it("is there as it was saved, by name, and found by its words", async () => {
    const parameters = { sex: "female", list: [1, { a: null }] };
    const saved = await save({ name: "Zürich patients", description: "Who comes from afar", parameters });
    expect(saved).toEqual({
      ...{ id: saved.id, name: "Zürich patients", description: "Who comes from afar", ...QUERY, parameters, shared: false, mine: true },
      ...{ ownerName: world.researcher.displayName, updatedAt: world.clock.now(), version: 1 },
    });
    await save({ name: "Another", cypher: "RETURN 'zurich' AS town" });
    await save({ name: "Third", cypher: "RETURN 3 AS n" });
    expect(await list("zurich")).toEqual([expect.objectContaining({ name: "Another" }), saved]);
    expect(names(await list("AFAR"))).toEqual(["Zürich patients"]);
    expect(names(await list())).toEqual(["Another", "Third", "Zürich patients"]);
    expect(names(await list("nothing like that"))).toEqual([]);
  });

  it("is the owner's alone until it is shared, and then all researchers' to read", async () => {
    const mine = await save({ name: "Kept", shared: false });
    const shared = await save({ name: "For all", shared: true });
    const seen = await list(undefined, world.colleague);
    expect(names(seen)).toEqual(["For all"]);
    expect(seen[0]).toMatchObject({ id: shared.id, mine: false, ownerName: world.researcher.displayName });
    const change = { id: shared.id, version: 1, name: "Taken over" };
    await expect(save(change, world.colleague)).rejects.toMatchObject(refused("not-found", "id"));
    await expect(save({ ...change, id: mine.id }, world.colleague)).rejects.toMatchObject(refused("not-found", "id"));
    await expect(remove(shared.id, world.colleague)).rejects.toMatchObject(refused("not-found", "id"));
    expect((await list("for all"))[0]).toEqual(shared);
    await save({ id: shared.id, version: 1, name: "For all", shared: false });
    expect(await list(undefined, world.colleague)).toEqual([]);
  });

  it("is changed at the version that was read; what is not named stays", async () => {
    const first = await save({ name: "Versions", description: "why", parameters: { a: 1 }, shared: true });
    world.clock.advance(60);
    const second = await save({ id: first.id, version: 1, name: "Versions 2", cypher: "RETURN 2 AS n" });
    expect(second).toEqual({ ...first, name: "Versions 2", cypher: "RETURN 2 AS n", version: 2, updatedAt: world.clock.now() });
    const late = save({ id: first.id, version: 1, name: "Versions 3" });
    await expect(late).rejects.toMatchObject(refused("changed-meanwhile", "version"));
    await expect(save({ id: first.id, name: "Versions 3" })).rejects.toMatchObject(refused("invalid-input", "version"));
    await expect(save({ id: randomUUID(), version: 1 })).rejects.toMatchObject(refused("not-found", "id"));
    expect((await list("versions"))[0]).toEqual(second);
  });

  it("has a name of its own among its owner's", async () => {
    const first = await save({ name: "Unique" });
    await expect(save({ name: "UNIQUE" })).rejects.toMatchObject(refused("conflict", "name"));
    const second = await save({ name: "Unique 2" });
    await expect(save({ id: second.id, version: 1, name: "unique" })).rejects.toMatchObject(refused("conflict", "name"));
    expect(names(await list("unique"))).toEqual(["Unique", "Unique 2"]);
    expect((await save({ id: first.id, version: 1, name: "UNIQUE" })).name).toBe("UNIQUE");
    expect((await save({ name: "Unique" }, world.colleague)).name).toBe("Unique");
  });

  it("may be an unfinished draft, which the gate sees only when it is run", async () => {
    const draft = await save({ name: "Draft", cypher: "MATCH (p:Patient CREATE" });
    expect(draft.cypher).toBe("MATCH (p:Patient CREATE");
    await expect(world.call("research", "run", { cypher: draft.cypher }, world.researcher)).rejects.toMatchObject(refused("syntax"));
  });

  it("is bounded", async () => {
    await expect(save({ name: "x".repeat(121) })).rejects.toMatchObject(refused("invalid-input", "name"));
    await expect(save({ cypher: "x".repeat(20_001) })).rejects.toMatchObject(refused("invalid-input", "cypher"));
    await expect(save({ cypher: " \n" })).rejects.toMatchObject(refused("invalid-input", "cypher"));
    await expect(save({ parameters: { a: "x".repeat(65_000) } })).rejects.toMatchObject(refused("too-large", "parameters.a"));
    expect(await list("unnamed")).toEqual([]);
  });

  it("is gone when its owner deletes it", async () => {
    const { id } = await save({ name: "Short lived", shared: true });
    expect(await remove(id)).toEqual({});
    await expect(remove(id)).rejects.toMatchObject(refused("not-found", "id"));
    expect(await list("short lived", world.colleague)).toEqual([]);
  });
});
