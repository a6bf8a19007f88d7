import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AppError } from "../../shared/define.ts";
import { readConfig } from "./config.ts";

let root: string;
let data: string;
let work: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "polyclinic-config-"));
  data = join(root, "data");
  work = join(root, "work");
  mkdirSync(data);
  mkdirSync(work);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const inData = (name: string, content: string | object) =>
  writeFileSync(join(data, name), typeof content === "string" ? content : JSON.stringify(content));
const inWork = (name: string, content: string) => writeFileSync(join(work, name), content);
const read = (args: string[] = [], environment: Record<string, string> = {}) => readConfig(["--data", data, ...args], environment, work);
/** An error that names the field and has all these words. */
const refusal = (field: string, ...words: string[]) => ({
  asymmetricMatch: (error: unknown) =>
    error instanceof AppError &&
    error.code === "invalid-input" &&
    error.data.field === field &&
    words.every((word) => error.message.includes(word)),
});

describe("where a setting comes from", () => {
  it("is the command line, the environment, .env, polyclinic.env, configuration.json, the default: in this order", () => {
    expect([read().port, read().sources.port]).toEqual([7420, "default"]);
    inData("configuration.json", { port: 1001 });
    expect([read().port, read().sources.port]).toEqual([1001, "file"]);
    inData("polyclinic.env", "POLYCLINIC_PORT=1002\n");
    expect([read().port, read().sources.port]).toEqual([1002, "env-file"]);
    inWork(".env", "# a comment\nPOLYCLINIC_PORT='1003'\n");
    expect([read().port, read().sources.port]).toEqual([1003, "env-file"]);
    expect(read().files.environment).toEqual([join(work, ".env"), join(data, "polyclinic.env")]);
    const environment = { POLYCLINIC_PORT: "1004" };
    expect([read([], environment).port, read([], environment).sources.port]).toEqual([1004, "environment"]);
    expect([read(["--port", "1005"], environment).port, read(["--port", "1005"], environment).sources.port]).toEqual([
      1005,
      "command-line",
    ]);
  });

  it("--env-file takes the place of .env, and must be there", () => {
    inWork(".env", "POLYCLINIC_PORT=1003\n");
    inWork("clinic.env", "POLYCLINIC_LOG_LEVEL=warn\n");
    expect(read(["--env-file", join(work, "clinic.env")])).toMatchObject({ port: 7420, logLevel: "warn" });
    expect(() => read(["--env-file", join(work, "none.env")])).toThrow(refusal("--env-file", "none.env", "not there"));
  });

  it("a .env names the data folder too, and none is looked for where no folder is trusted", () => {
    inWork(".env", `POLYCLINIC_DATA=${data}\n`);
    expect(readConfig([], {}, work).dataFolder).toBe(data);
    expect(readConfig(["--data", root], {}).files.environment).toEqual([]);
  });

  it("a folder that is called .env is somebody else's", () => {
    mkdirSync(join(work, ".env"));
    expect(read().files.environment).toEqual([]);
  });

  it("paths in the file are meant from its own folder", () => {
    inData("configuration.json", { tlsCert: "c.pem", tlsKey: "/keys/k.pem", names: ["a:1", "b:2"] });
    expect(read()).toMatchObject({ tls: { certificateFile: join(data, "c.pem"), keyFile: resolve("/keys/k.pem") }, names: ["a:1", "b:2"] });
  });
});

describe("a configuration.json that is damaged", () => {
  it.each([
    ["{ not json", "configuration.json", "is damaged"],
    ["[]", "configuration.json: ", "expected"],
    ['{"colour":"red"}', "configuration.json: colour", "there is no such setting"],
    ['{"neo4j":{"uri":7}}', "configuration.json: neo4j.uri", "expected string"],
    ['{"mode":"cloud"}', "configuration.json: mode", "must be one of embedded, servers, client"],
    ['{"neo4j":{"password":"hunter22"}}', "configuration.json: neo4j.password", "passwords do not belong"],
  ])("%s is refused, naming the file and the field and no value", (content, field, words) => {
    inData("configuration.json", content);
    expect(() => read()).toThrow(refusal(field, join(data, "configuration.json"), words));
    expect(() => read()).not.toThrow(/hunter22|not json/);
  });

  it("names the file for a value that is no setting's", () => {
    inData("configuration.json", { port: 99_999 });
    const says = `port in ${join(data, "configuration.json")}`;
    expect(() => read()).toThrow(refusal(says, "must be at most 65535"));
  });

  it("is refused when it cannot be read", () => {
    symlinkSync("configuration.json", join(data, "configuration.json"));
    expect(() => read()).toThrow(refusal(join(data, "configuration.json"), "cannot be read"));
  });
});

describe("secrets", () => {
  const servers = { NEO4J_URI: "bolt://g", MONGODB_URI: "mongodb://d" };

  it("come from the file that a _FILE variable names, without its last line end", () => {
    inWork("secret", "pass word\n");
    const config = read([], {
      ...servers,
      NEO4J_PASSWORD_FILE: join(work, "secret"),
      POLYCLINIC_KEY_PASSPHRASE_FILE: join(work, "secret"),
    });
    expect(config.servers?.neo4j.password).toBe("pass word");
    expect(config.keyPassphrase).toBe("pass word");
    expect(config.sources.neo4jPassword).toBe("environment");
  });

  it("are refused given twice, and from a file that is not there", () => {
    inWork("secret", "x");
    const twice = { NEO4J_PASSWORD: "hunter22", NEO4J_PASSWORD_FILE: join(work, "secret") };
    expect(() => read([], { ...servers, ...twice })).toThrow(refusal("NEO4J_PASSWORD_FILE", "both given"));
    expect(() => read([], { ...servers, MONGODB_PASSWORD_FILE: "/none" })).toThrow(refusal("MONGODB_PASSWORD_FILE", "/none"));
  });

  it.each(["--neo4j-password", "--mongodb-password", "--key-passphrase"])("%s is no option, and says what to do instead", (option) => {
    for (const args of [[option, "hunter22"], [`${option}=hunter22`]]) {
      expect(() => read(args)).toThrow(refusal(option, "a secret is never an option", "_FILE"));
      expect(() => read(args)).not.toThrow(/hunter22/);
    }
  });

  it("are refused in an address where others could read them", () => {
    const uri = "mongodb://clinic:hunter22@d";
    expect(() => read(["--mongodb-uri", uri, "--neo4j-uri", "bolt://g"])).toThrow(refusal("--mongodb-uri", "MONGODB_PASSWORD"));
    inData("configuration.json", { mongodb: { uri }, neo4j: { uri: "bolt://g" } });
    expect(() => read()).toThrow(refusal(`mongodb.uri in ${join(data, "configuration.json")}`, "must not carry a password"));
    expect(() => read([], { NEO4J_URI: "bolt://neo4j:hunter22@g" })).toThrow(refusal("NEO4J_URI", "without user and password"));
    for (const attempt of [() => read(), () => read([], { NEO4J_URI: "bolt://neo4j:hunter22@g" })]) expect(attempt).not.toThrow(/hunter22/);
  });
});
