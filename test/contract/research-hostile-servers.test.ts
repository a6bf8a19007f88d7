import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { openNeo4jBlobs } from "@main/data/graph/neo4j-blobs.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HOSTILE } from "../integration/research-gate-texts.ts";
import { AMINA, BASIL, seedPeople } from "./research-clinic.ts";
import { openServerBed, type ServerBed } from "./research-on-servers.ts";

/** What stands in a file of this machine and in no query. */
const FROM_A_FILE = /root:x:0:0/;

describe("hostile texts on Neo4j with the gate taken away", { timeout: 240_000 }, () => {
  let bed: ServerBed;
  let site: Server;
  let visits = 0;
  beforeAll(async () => {
    bed = await openServerBed({ limits: { timeoutMs: 5_000 } });
    await seedPeople(bed, [AMINA, BASIL]);
    site = createServer((_request, response) => {
      visits += 1;
      response.end("found,it\n");
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => site.once("listening", resolve));
  });
  afterAll(async () => {
    site.close();
    await bed.close();
  });

  async function serverState(): Promise<string> {
    const session = bed.graph.session("read");
    try {
      const states: string[] = [];
      for (const text of [
        "MATCH (n) RETURN labels(n) AS l, properties(n) AS p ORDER BY elementId(n)",
        "MATCH ()-[r]->() RETURN type(r) AS t, properties(r) AS p ORDER BY elementId(r)",
        "SHOW USERS YIELD user, suspended RETURN user, suspended",
        "SHOW INDEXES YIELD name RETURN name ORDER BY name",
        "SHOW CONSTRAINTS YIELD name RETURN name ORDER BY name",
      ]) {
        states.push(JSON.stringify((await session.run(text)).records.map((record) => record.toObject())));
      }
      return createHash("sha256").update(states.join("\n")).digest("hex");
    } finally {
      await session.close();
    }
  }

  const address = () => `127.0.0.1:${(site.address() as AddressInfo).port}`;
  const tried = (cypher: string) =>
    bed.run(cypher.replaceAll("127.0.0.1:9", address()), { masked: false, parameters: { url: `http://${address()}/` } }).then(
      ({ rows }) => ({ code: "answered", said: JSON.stringify(rows) }),
      (error: { code: string; message: string }) => ({ code: error.code, said: error.message }),
    );

  it.each(Object.keys(HOSTILE))("%s: nothing is written, no file read, nobody visited", async (kind) => {
    const before = await serverState();
    const outcomes: Record<string, number> = {};
    for (const cypher of HOSTILE[kind] ?? []) {
      const { code, said } = await tried(cypher);
      outcomes[code] = (outcomes[code] ?? 0) + 1;
      expect([cypher, FROM_A_FILE.test(said), visits]).toEqual([cypher, false, 0]);
    }
    console.info(`${kind}: ${JSON.stringify(outcomes)}`);
    expect(await serverState()).toBe(before);
  });

  it.each([
    ["SHOW USERS", /.+/],
    ["SHOW TRANSACTIONS", /^SHOW$/],
    ["TERMINATE TRANSACTION 'neo4j-transaction-1'", /^TERMINATE$/],
    ["LOAD CSV FROM 'file:///etc/passwd' AS l RETURN l", /^LOAD CSV$/],
    ["LOAD CSV FROM 'http://127.0.0.1:9/' AS l RETURN l", /^LOAD CSV$/],
    ["CALL dbms.listConfig() YIELD name RETURN name", /.+/],
    ["CALL db.index.fulltext.listAvailableAnalyzers() YIELD analyzer RETURN analyzer", /^CALL db\.index/],
    ["MATCH (c:FileChunk) RETURN c.data AS d", /^FileChunk$/],
    ["MATCH ()-[r:HAS_CHUNK]->(c) RETURN c AS c", /^HAS_CHUNK$/],
    ["MATCH (n) WHERE n:WriteMark RETURN n AS n", /^WriteMark$/],
  ])("a READ transaction would let it through, the plan does not: %s", async (cypher, construct) => {
    const refused = bed.run(cypher.replace("127.0.0.1:9", address()), { masked: false });
    await expect(refused).rejects.toMatchObject({ code: "unsupported-construct", data: { construct: expect.stringMatching(construct) } });
    expect(visits).toBe(0);
  });

  it("a bare READ transaction, without the plan's list, still writes nothing", async () => {
    const before = await serverState();
    for (const cypher of HOSTILE["clauses that write"] ?? []) {
      const session = bed.graph.session("read");
      const transaction = session.beginTransaction({ timeout: 5_000 });
      await expect(transaction.run(cypher).then(() => transaction.commit())).rejects.toThrow();
      await session.close();
    }
    expect(await serverState()).toBe(before);
  });

  it("bytes of files are not given out where they are reached without their name", async () => {
    await bed.write("MATCH (f:MedicalFile {id: 'F000001'}) CREATE (f)-[:HAS_CHUNK]->(c:FileChunk {index: 0, text: 'sealed'})");
    const { rows, graph } = await bed.run(
      "MATCH (f:MedicalFile)-[r]->(c) RETURN c AS c, r AS r, [c] AS list, {of: c} AS map, properties(c).text AS text",
      { masked: false },
    );
    expect(rows).toEqual([[null, null, [null], { of: null }, "sealed"]]);
    expect(graph.nodes).toEqual([]);
  });

  it.each([
    "MATCH (n) RETURN [b IN n.data | b] AS x",
    "MATCH (n) WHERE n.data[0] > 100 RETURN count(*) AS x",
    "MATCH (n) WITH n.`data` AS d UNWIND d AS x RETURN sum(x) AS x",
    "MATCH (n) RETURN n{.data}.data[0] AS x",
    "MATCH (n) RETURN [b IN properties(n).data | b] AS x",
    "MATCH (n) RETURN [b IN n['da' + 'ta'] | b] AS x",
    "MATCH (n) RETURN [b IN n[$k] | b] AS x",
    "MATCH (n) RETURN [b IN n[$autoint_0] | b] AS x, 1 AS one",
    "MATCH (n) RETURN [k IN keys(n) | size(n[k])] AS x",
    "MATCH (n) RETURN [k IN keys(n) | [b IN properties(n)[k] | b]] AS x",
    "WITH {key: 'da' + 'ta'} AS m MATCH (cache) RETURN [b IN cache[m.key] | b] AS x",
    "MATCH (n) WHERE elementId(n) = $element RETURN [b IN n.data | b] AS x",
    "MATCH (n) WHERE id(n) IN range(0, 1000) RETURN [b IN n.data | b] AS x",
    "MATCH ()-[r]->(n) RETURN [b IN endNode(r).data | b] AS x",
    "MATCH (n) CALL (n) { RETURN n.data AS d } RETURN [b IN d | b] AS x",
    "MATCH (n) RETURN COUNT { MATCH (n) WHERE n.data[0] = 7 } AS x",
    "MATCH (n:$($chunk)) RETURN [b IN n.data | b] AS x",
    "MATCH (n:!Patient) RETURN [b IN n.data | b] AS x",
  ])("nor does an expression reach them: %s", async (cypher) => {
    const element = await partOfAFile();
    const parameters = { k: "data", autoint_0: "data", chunk: "FileChunk", element };
    await expect(bed.run(cypher, { masked: false, parameters })).rejects.toMatchObject({ code: "unsupported-construct" });
  });

  it("while all nodes can be counted by label and read by what their records have", async () => {
    await partOfAFile();
    const labels = await bed.run("MATCH (n) RETURN labels(n)[0] AS label, count(*) AS n", { masked: false });
    expect(labels.rows).toContainEqual(["Patient", 2]);
    const ids = await bed.run("MATCH (n) WHERE n.id STARTS WITH 'P' RETURN n.id AS id, collect(n.sex)[0] AS sex ORDER BY n.id", {
      masked: false,
    });
    expect(ids.rows.map(([id]) => id)).toEqual(["P000001", "P000002"]);
    const computed = await bed.run("MATCH (p:Patient {id: 'P000001'}) RETURN p[$k] AS id", { masked: false, parameters: { k: "id" } });
    expect(computed.rows).toEqual([["P000001"]]);
    const whole = await bed.run("MATCH (n) WHERE n.size = 3 RETURN properties(n) AS all", { masked: false });
    expect(whole.rows).toEqual([[expect.objectContaining({ size: 3, data: null })]]);
  });

  /** Stores three bytes as the adapter does, once; what Neo4j calls the node that has them. */
  async function partOfAFile(): Promise<string> {
    const blobs = openNeo4jBlobs({ graph: bed.graph, clock: bed.clock });
    await blobs.putChunk("bytes", 0, Buffer.from([7, 8, 9]));
    const session = bed.graph.session("read");
    try {
      const { records } = await session.run("MATCH (c:FileChunk) WHERE c.size = 3 RETURN elementId(c) AS id");
      expect(records).toHaveLength(1);
      return records[0]?.get("id") as string;
    } finally {
      await session.close();
    }
  }
});
