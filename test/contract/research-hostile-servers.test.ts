import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
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
});
