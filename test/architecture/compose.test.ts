import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { neo4jSettings, readCompose } from "./compose.ts";
import { textOf } from "./tree.ts";

const { services, volumes } = readCompose();
const all = Object.entries(services);
const lasting = all.filter(([, service]) => service.restart !== "no");
const prod = all.filter(([, service]) => service.profiles?.includes("prod"));

describe("docker-compose.yml", () => {
  it("has a profile for developers and one for a clinic, and nothing outside them", () => {
    const names = (profile: string) => all.flatMap(([name, service]) => (service.profiles?.includes(profile) ? [name] : []));
    expect(names("dev")).toEqual(["neo4j-dev", "mongodb-dev", "mongo-express"]);
    expect(names("prod")).toEqual(["neo4j", "mongodb", "mongodb-init"]);
    expect(all.filter(([, { profiles }]) => profiles?.length !== 1)).toEqual([]);
  });

  it.each(all)("pins the image of %s to one version and bounds its memory", (_, { image, mem_limit }) => {
    expect(image).toMatch(/^[a-z0-9-]+:\d+\.\d+\.\d+(-[a-z0-9.-]+)?$/);
    expect(mem_limit).toMatch(/^\d+[mg]$/);
  });

  it.each(lasting)("asks %s for its health and starts it again", (_, { healthcheck, restart }) => {
    expect(restart).toBe("unless-stopped");
    expect(healthcheck?.test.length).toBeGreaterThan(1);
    expect(healthcheck).toMatchObject({ interval: expect.any(String), timeout: expect.any(String), retries: expect.any(Number) });
  });

  it("serves on loopback unless IT says otherwise, and never developers' doors", () => {
    const ports = all.flatMap(([name, service]) => (service.ports ?? []).map((port) => `${name} ${port}`));
    expect(ports.length).toBeGreaterThan(4);
    for (const port of ports) {
      if (port.startsWith("neo4j ") || port.startsWith("mongodb ")) expect(port).toMatch(/ \$\{POLYCLINIC_BIND:-127\.0\.0\.1\}:/);
      else expect(port).toMatch(/ 127\.0\.0\.1:/);
    }
  });

  it("keeps data in volumes that are declared", () => {
    for (const name of ["neo4j-dev", "mongodb-dev", "neo4j", "mongodb"]) {
      const volume = services[name]?.volumes?.find((each) => each.startsWith(`${name}:/data`));
      expect(volume).toBeDefined();
      expect(volumes).toHaveProperty(name);
    }
  });

  it("has no password of a clinic in it", () => {
    const secrets = prod.flatMap(([, { environment = {} }]) => Object.entries(environment).filter(([name]) => /PASSWORD|AUTH$/.test(name)));
    expect(secrets.length).toBeGreaterThan(2);
    for (const [, value] of secrets) expect(value).toMatch(/\$\{[A-Z0-9_]+:-\}$/);
  });

  it("gives a clinic TLS, authentication and a replica set", () => {
    expect(neo4jSettings(services["neo4j"] ?? { image: "" })).toMatchObject({
      "server.bolt.tls_level": "REQUIRED",
      "dbms.ssl.policy.bolt.enabled": "true",
      "server.http.enabled": "false",
    });
    expect(services["mongodb"]?.command).toEqual(
      expect.arrayContaining(["--replSet=rs0", "--keyFile=/tmp/keyfile", "--tlsMode=requireTLS", "--tlsCAFile=/ssl/ca.crt"]),
    );
    expect(services["mongodb-init"]?.command?.[0]).toMatch(/rs\.initiate/);
    expect(services["mongodb-init"]?.command?.[0]).toMatch(/role: "readWrite", db: "polyclinic"/);
  });

  it.each(["neo4j", "neo4j-dev"])(
    "bounds what one transaction of %s takes, loads no plugin's procedures and reads no CSV from files",
    (name) => {
      expect(neo4jSettings(services[name] ?? { image: "" })).toMatchObject({
        "db.transaction.timeout": "30s",
        "db.memory.transaction.max": "256m",
        "dbms.security.procedures.allowlist": "polyclinic.none",
        "dbms.security.allow_csv_import_from_file_urls": "false",
      });
    },
  );
});

interface Workflow {
  jobs: Record<
    string,
    {
      "runs-on": string;
      strategy?: { matrix: { os: string[] } };
      services?: Record<string, { image: string }>;
      steps: { run?: string; env?: Record<string, string> }[];
    }
  >;
}

describe("the public CI workflow", () => {
  const text = textOf(".github/workflows/ci.yml");
  const { jobs } = parse(text) as Workflow;

  it("runs the gate on a real Neo4j and a real MongoDB, those of docker-compose.yml", () => {
    const { linux } = jobs;
    expect(linux?.services?.["neo4j"]?.image).toBe(services["neo4j"]?.image);
    expect(text).toContain(services["mongodb"]?.image);
    const gate = linux?.steps.find(({ run }) => run === ".ci/run");
    expect(Object.keys(gate?.env ?? {})).toEqual(["NEO4J_URI", "NEO4J_USER", "NEO4J_PASSWORD", "MONGODB_URI"]);
  });

  it("runs unit and embedded tests on Windows and macOS", () => {
    const { desktop } = jobs;
    expect(desktop?.strategy?.matrix.os.map((os) => os.replace(/-.*/, ""))).toEqual(["windows", "macos"]);
    expect(desktop?.steps.some(({ run }) => run?.includes("--project unit") && run.includes("--project contract"))).toBe(true);
  });

  it("tests on the Neo4j that clinics run", () => {
    const version = /neo4j:(\d+\.\d+\.\d+)-/.exec(services["neo4j"]?.image ?? "")?.[1];
    expect(textOf("test/servers/neo4j.pom.xml")).toContain(`<version>${version}</version>`);
  });
});
