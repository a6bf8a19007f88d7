import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readConfig } from "./config.ts";
import { splitMongoUri } from "./config-mongo-uri.ts";

let data: string;
beforeAll(() => {
  data = mkdtempSync(join(tmpdir(), "polyclinic-config-"));
});
afterAll(() => rmSync(data, { recursive: true, force: true }));
beforeEach(() => rmSync(join(data, "configuration.json"), { force: true }));
const file = (content: object) => writeFileSync(join(data, "configuration.json"), JSON.stringify(content));
const read = (environment: Record<string, string> = {}, args: string[] = []) => readConfig(["--data", data, ...args], environment);
const NEO4J = { NEO4J_URI: "neo4j+s://graph.example:7687" };
const MONGODB = { MONGODB_URI: "mongodb://documents.example:27017" };
const BOTH = { ...NEO4J, ...MONGODB };

describe("the mode", () => {
  it.each([
    ["embedded when nothing is said", {}, {}, "embedded"],
    ["servers when both addresses are given", {}, BOTH, "servers"],
    ["what it is said to be, whatever addresses are given", {}, { ...BOTH, POLYCLINIC_MODE: "embedded" }, "embedded"],
    ["client when a host's address is given", {}, { POLYCLINIC_CLIENT_URL: "https://clinic.example:7420/" }, "client"],
    ["what the screen saved", { mode: "embedded", url: "https://c" }, {}, "embedded"],
    ["servers where IT names them above what the screen saved", { mode: "embedded" }, BOTH, "servers"],
    ["embedded where the file says so of its own addresses", { mode: "embedded", neo4j: { uri: "bolt://g" } }, {}, "embedded"],
  ])("is %s", (_name, content, environment, mode) => {
    file(content);
    expect(read(environment as Record<string, string>).mode).toBe(mode);
  });

  it.each([
    ["MONGODB_URI", NEO4J, "must be given where NEO4J_URI is"],
    ["NEO4J_URI", MONGODB, "must be given where MONGODB_URI is"],
    ["NEO4J_URI", { POLYCLINIC_MODE: "servers" }, "must be given in mode servers"],
    ["MONGODB_URI", { POLYCLINIC_MODE: "servers", ...NEO4J }, "must be given in mode servers"],
    ["POLYCLINIC_CLIENT_URL", { POLYCLINIC_MODE: "client" }, "must be given in mode client"],
    ["POLYCLINIC_CLIENT_URL", { POLYCLINIC_CLIENT_URL: "http://clinic.example" }, "must be like https://"],
    ["POLYCLINIC_MODE", { ...BOTH, POLYCLINIC_CLIENT_URL: "https://clinic.example" }, "must be given where both"],
    ["POLYCLINIC_MODE", { POLYCLINIC_MODE: "cloud" }, "must be one of"],
    ["NEO4J_URI", { ...BOTH, NEO4J_URI: "http://graph" }, "must be like neo4j+s://"],
    ["MONGODB_URI", { ...BOTH, MONGODB_URI: "documents:27017" }, "must be like mongodb://"],
  ])("%s is named for %j", (field, environment, message) => {
    expect(() => read(environment as unknown as Record<string, string>)).toThrow(
      expect.objectContaining({ code: "invalid-input", data: { field }, message: expect.stringContaining(message) }),
    );
  });
});

describe("the servers", () => {
  it("have defaults for all but their addresses", () => {
    expect(read(BOTH).servers).toEqual({
      neo4j: { uri: NEO4J.NEO4J_URI, user: "neo4j", password: null, database: "neo4j", caFile: null },
      mongodb: { uri: MONGODB.MONGODB_URI, user: null, password: null, database: "polyclinic", caFile: null },
    });
  });

  it("take the password out of MongoDB's address, and what is said apart counts more", () => {
    const uri = "mongodb://clinic:p%40ss@a.example:27017,b.example/records?replicaSet=rs0";
    const plain = "mongodb://a.example:27017,b.example/?replicaSet=rs0&authSource=records";
    expect(read({ ...NEO4J, MONGODB_URI: uri }).servers?.mongodb).toEqual({
      ...{ uri: plain, user: "clinic", password: "p@ss", database: "records", caFile: null },
    });
    const apart = { MONGODB_USER: "other", MONGODB_PASSWORD: "own", MONGODB_DATABASE: "ward", MONGODB_CA: "ca.pem" };
    expect(read({ ...NEO4J, MONGODB_URI: uri, ...apart }).servers?.mongodb).toEqual({
      ...{ uri: plain, user: "other", password: "own", database: "ward", caFile: resolve("ca.pem") },
    });
  });

  it("may be named by options, their passwords in the environment", () => {
    const options = ["--neo4j-uri", "bolt://g", "--neo4j-user", "clinic", "--neo4j-database", "ward", "--mongodb-uri", "mongodb://d"];
    const { servers, sources, mode } = read({ NEO4J_PASSWORD: "secret" }, options);
    expect(mode).toBe("servers");
    expect(servers?.neo4j).toMatchObject({ uri: "bolt://g", user: "clinic", database: "ward", password: "secret" });
    expect(sources).toMatchObject({ neo4jUri: "command-line", neo4jPassword: "environment", neo4jCa: "default" });
  });

  it("come from the file that the screen writes", () => {
    const neo4j = { uri: "bolt://g", user: "clinic", database: "ward", caFile: "ca.pem" };
    file({ mode: "servers", neo4j, mongodb: { uri: "mongodb://d/?tls=true", user: null, database: "ward", caFile: null } });
    const { servers, sources } = read();
    expect(servers).toEqual({
      neo4j: { ...neo4j, caFile: join(data, "ca.pem"), password: null },
      mongodb: { uri: "mongodb://d/?tls=true", user: null, password: null, database: "ward", caFile: null },
    });
    expect(sources).toMatchObject({ mode: "file", neo4jUri: "file", mongodbDatabase: "file" });
  });
});

describe("a MongoDB address", () => {
  it.each([
    ["mongodb://h", { uri: "mongodb://h", user: null, password: null, database: null }],
    ["mongodb+srv://u:p@h/?x=1", { uri: "mongodb+srv://h/?x=1", user: "u", password: "p", database: null }],
    ["mongodb://u@h/db", { uri: "mongodb://h/?authSource=db", user: "u", password: null, database: "db" }],
    ["mongodb://u:@h/db?authSource=admin", { uri: "mongodb://h/?authSource=admin", user: "u", password: "", database: "db" }],
    [
      "mongodb://u@h/db?authMechanism=MONGODB-X509",
      { uri: "mongodb://h/?authMechanism=MONGODB-X509", user: "u", password: null, database: "db" },
    ],
  ])("%s is taken apart", (text, parts) => {
    expect(splitMongoUri(text, "MONGODB_URI")).toEqual(parts);
  });

  it.each([
    "mongodb://u:hunter22/x@h/db",
    "mongodb://u:hunter22?x@h",
    "mongodb://u:hunter22:x@h",
    "mongodb://u:hunter22%zz@h",
    "mongodb://u:hun@ter22:x@h",
    "mongodb://h/?tls=true&tlsCertificateKeyFilePassword=hunter22",
    "mongodb://h/?authMechanismProperties=AWS_SESSION_TOKEN:hunter22",
    "postgres://u:hunter22@h",
    "mongodb://u:hunter22@",
  ])("%s is refused, and its secret is not repeated", (text) => {
    expect(() => splitMongoUri(text, "MONGODB_URI")).toThrow(
      expect.objectContaining({ code: "invalid-input", data: { field: "MONGODB_URI" } }),
    );
    expect(() => splitMongoUri(text, "MONGODB_URI")).not.toThrow(/hunter22|ter22/);
  });
});
