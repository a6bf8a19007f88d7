import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import neo4j, { type Config } from "neo4j-driver";
import { describe, expect, it } from "vitest";
import { neo4jSettings, readCompose } from "../architecture/compose.ts";
import { textOf } from "../architecture/tree.ts";
import { startNeo4j } from "../servers/start.ts";

/** Starting a Neo4j takes ten seconds on a quiet machine. */
const A_SERVER_OF_ITS_OWN_MS = 300_000;

describe("the Neo4j settings of docker-compose.yml", () => {
  it(
    "are known to a real Neo4j, keep the limits of the gate, and leave us the procedures that we call",
    async () => {
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
    },
    A_SERVER_OF_ITS_OWN_MS,
  );
});

describe("the certificates that docs/operations.md makes", () => {
  it(
    "serve TLS with the settings of the clinic's profile, to whoever trusts their authority and to nobody else",
    async () => {
      const folder = await mkdtemp(join(tmpdir(), "polyclinic-certs-"));
      const commands = /```sh certificates\n(.*?)```/s.exec(textOf("docs/operations.md"))?.[1] ?? "";
      await promisify(execFile)("bash", ["-euc", commands], { cwd: folder });
      const { "server.memory.pagecache.size": _, ...settings } = neo4jSettings(readCompose().services["neo4j"] ?? { image: "" });
      const server = await startNeo4j({
        settings: { ...settings, "server.default_advertised_address": "localhost", "dbms.ssl.policy.bolt.base_directory": folder },
      });
      const tryWith = async (scheme: "neo4j" | "bolt", config: Config) => {
        const driver = neo4j.driver(`${scheme}://localhost:${server.port}`, neo4j.auth.basic(server.user, server.password), config);
        try {
          return (await driver.getServerInfo()).agent;
        } finally {
          await driver.close();
        }
      };
      const encrypted = { encrypted: true, trust: "TRUST_CUSTOM_CA_SIGNED_CERTIFICATES" } as const;
      try {
        expect(await tryWith("neo4j", { ...encrypted, trustedCertificates: [join(folder, "ca.crt")] })).toMatch(/^Neo4j\/5\.26/);
        // A driver that asks for routes says only that it found none; one that asks this server says why.
        const strangers = { encrypted: true, trust: "TRUST_SYSTEM_CA_SIGNED_CERTIFICATES" } as const;
        await expect(tryWith("neo4j", strangers)).rejects.toThrow();
        await expect(tryWith("bolt", strangers)).rejects.toThrow(/certificate|SELF_SIGNED|self-signed/i);
        await expect(tryWith("bolt", { encrypted: false })).rejects.toThrow();
      } finally {
        await server.remove();
        await rm(folder, { recursive: true, force: true });
      }
    },
    A_SERVER_OF_ITS_OWN_MS,
  );
});
