import { join } from "node:path";
import type { ServerResearchOptions } from "@main/data/graph/server-research.ts";
import { expect, it } from "vitest";
import { AMINA, BASIL, bytesBelow, countedProcesses, researchFiles, seedPeople } from "./research-clinic.ts";
import { openServerBed, type ServerBed, type ServerBedOptions } from "./research-on-servers.ts";
import { SNEAKY, secretsOf, shown } from "./research-sneaky.ts";

const SECRETS = [...secretsOf(AMINA), ...secretsOf(BASIL)];
const HOUR = { timeout: 240_000 };

/** Does something on a clinic with these two people, one registered after the other. */
async function withClinic<T>(people: (typeof AMINA)[], work: (bed: ServerBed) => Promise<T>, options: ServerBedOptions = {}): Promise<T> {
  const bed = await openServerBed(options);
  try {
    await seedPeople(bed, people);
    return await work(bed);
  } finally {
    await bed.close();
  }
}

/** Processes whose messages from the host are kept as text. */
function overheard() {
  const said: string[] = [];
  const { launcher: launch } = countedProcesses();
  const launcher = () => {
    const child = launch();
    const send = (message: unknown) => {
      said.push(JSON.stringify(message).toLowerCase());
      child.send(message);
    };
    return { ...child, send };
  };
  return { said, launcher };
}

/** Neo4j gives new nodes the places of removed ones, in no order: what is compared of two clinics is read in the order in which it was made. */
function inOrderOfMaking(bulk: ServerResearchOptions["bulk"]): ServerResearchOptions["bulk"] {
  const made = new Map<string, string>();
  const idOf = (ref: string) => made.get(ref) ?? "";
  const sorted = <T>(things: T[], key: (thing: T) => string) => things.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
  return {
    async exportNodes(after, limit, label) {
      if (after !== null) return [];
      const nodes = await bulk.exportNodes(after, limit, label);
      for (const { ref, properties } of nodes) made.set(ref, String(properties.id ?? ""));
      return sorted(nodes, ({ ref }) => idOf(ref));
    },
    async exportEdges(after, limit, type) {
      if (after !== null) return [];
      return sorted(await bulk.exportEdges(after, limit, type), ({ from, to }) => `${idOf(from)}|${idOf(to)}`);
    },
  };
}

it(
  `a masked snapshot of Neo4j answers ${SNEAKY.length} sneaky queries, plans, expansions and the schema the same whoever the patients are`,
  HOUR,
  async () => {
    const masked = (people: (typeof AMINA)[]) => withClinic(people, shown, { before: inOrderOfMaking });
    const [one, other] = [await masked([AMINA, BASIL]), await masked([BASIL, AMINA])];
    for (const [question, answer] of one) expect([question, other.get(question)]).toEqual([question, answer]);
    for (const [question, answer] of one) {
      const said = SECRETS.filter((secret) => answer.toLowerCase().includes(secret) && !question.toLowerCase().includes(secret));
      expect([question, said]).toEqual([question, []]);
    }
  },
);

it("on Neo4j itself most of these queries tell the patients apart, and the application's own nodes are nowhere", HOUR, async () => {
  const clear = (bed: ServerBed) => shown(bed, false);
  const [one, other] = [await withClinic([AMINA, BASIL], clear), await withClinic([BASIL, AMINA], clear)];
  expect(SNEAKY.filter((cypher) => one.get(cypher) !== other.get(cypher)).length).toBeGreaterThan(45);
  for (const [question, answer] of one) {
    expect([question, /"labels":\["(Counter|Slot|WriteMark|SchemaMigration|FileChunk|Blob)"/.exec(answer)?.[1]]).toEqual([
      question,
      undefined,
    ]);
  }
});

it("nothing of an identity is told to a research process or lies in its files, while the graph has it", HOUR, async () => {
  const { said, launcher } = overheard();
  const secrets = [...Object.values(AMINA), ...Object.values(BASIL), "P000001", "P000002"].map((text) => text.toLowerCase());
  const found = (text: string) => secrets.filter((secret) => text.includes(secret));
  await withClinic(
    [AMINA, BASIL],
    async ({ run, folder }) => {
      expect((await run("MATCH (p:Patient) RETURN count(p) AS n")).rows).toEqual([[2]]);
      // What is sent can be read in the messages, or this would prove nothing.
      expect(said.some((message) => message.includes("dr haddad"))).toBe(true);
      expect(said.some((message) => /"p-[0-9a-f]{10}"/.test(message))).toBe(true);
      expect(said.flatMap(found)).toEqual([]);
      expect(await researchFiles(folder)).toContain(join("1", "research.grafeo"));
      expect(found((await bytesBelow(folder)).toLowerCase())).toEqual([]);
      expect((await run("MATCH (p:Patient) RETURN p.givenName AS name ORDER BY name", { masked: false })).rows).toEqual([
        ["Wolfgang"],
        ["Zubaydah"],
      ]);
    },
    { launcher },
  );
});

it("a snapshot of a graph that is read in pages does not tell the order of registration", HOUR, async () => {
  const bed = await openServerBed();
  try {
    await bed.write("UNWIND range(1, 300) AS i CREATE (p:Patient {id: 'P' + toString(100000 + i), sex: 'female'})");
    const { rows } = await bed.run("MATCH (p:Patient) RETURN p.id AS id ORDER BY id(p)", { maxRows: 1_000 });
    expect(rows).toHaveLength(300);
    expect(rows.flat()).toEqual(rows.flat().toSorted());
  } finally {
    await bed.close();
  }
});

it("the graph counts as changed with every write, whoever wrote it, and only then", HOUR, async () => {
  const bed = await openServerBed();
  try {
    await seedPeople(bed, [AMINA]);
    const count = async () => (await bed.run("MATCH (p:Patient) RETURN count(p) AS n")).rows[0]?.[0];
    expect(await count()).toBe(1);
    const before = await bed.engine.schema(true, false);
    bed.clock.advance(60);
    const session = bed.graph.session("write");
    await session.run("CREATE (p:Patient {id: 'P9'})");
    await session.close();
    await expect.poll(count, { timeout: 180_000, interval: 500 }).toBe(2);
    expect((await bed.engine.schema(true, false)).snapshotAt).not.toBe(before.snapshotAt);
  } finally {
    await bed.close();
  }
});
