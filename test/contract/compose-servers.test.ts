import neo4j from "neo4j-driver";
import { describe, expect, it } from "vitest";
import { neo4jSettings, readCompose } from "../architecture/compose.ts";
import { startNeo4j } from "../servers/start.ts";

describe("the Neo4j settings of docker-compose.yml", () => {
  it("are known to a real Neo4j, keep the limits of the gate, and leave us the procedures that we call", async () => {
    const { "server.memory.pagecache.size": _, ...settings } = neo4jSettings(readCompose().services["neo4j-dev"] ?? { image: "" });
    const server = await startNeo4j({ settings: { ...settings, "server.config.strict_validation.enabled": "true" } });
    const driver = neo4j.driver(server.uri, neo4j.auth.basic(server.user, server.password));
    const session = driver.session();
    try {
      const rows = await session.run("SHOW SETTINGS YIELD name, value WHERE name IN $names RETURN name, value", {
        names: Object.keys(settings),
      });
      const found = Object.fromEntries(rows.records.map((record) => [record.get("name") as string, record.get("value") as string]));
      expect(found).toMatchObject({
        "db.transaction.timeout": "30s",
        "db.memory.transaction.max": "256.00MiB",
        "dbms.security.procedures.allowlist": "polyclinic.none",
        "dbms.security.allow_csv_import_from_file_urls": "false",
      });
      await session.run("CREATE FULLTEXT INDEX compose_test IF NOT EXISTS FOR (n:ComposeTest) ON EACH [n.text]");
      await session.run("CALL db.awaitIndexes(30)");
      await session.run("CREATE (:ComposeTest {text: 'nour'})");
      const hits = await session.run("CALL db.index.fulltext.queryNodes('compose_test', 'nour') YIELD node RETURN node.text AS text");
      expect(hits.records.map((record) => record.get("text"))).toEqual(["nour"]);
      await expect(session.run("LOAD CSV FROM 'file:///etc/hostname' AS line RETURN line")).rejects.toThrow(/file/i);
    } finally {
      await session.close();
      await driver.close();
      await server.remove();
    }
  });
});
