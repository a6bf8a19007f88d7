import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { readConfig } from "./config.ts";
import { defaultDataFolder, defaultKeyFolder } from "./paths.ts";

describe("the configuration", () => {
  it("has a default for everything", () => {
    const { sources, files, ...config } = readConfig([], {});
    expect(new Set(Object.values(sources))).toEqual(new Set(["default"]));
    expect(files.configuration).toBe(join(defaultDataFolder(), "configuration.json"));
    expect(config).toEqual({
      dataFolder: defaultDataFolder(),
      port: 7420,
      host: "127.0.0.1",
      tls: undefined,
      names: [],
      anchorFile: undefined,
      keyFolder: defaultKeyFolder(),
      rateLimit: "on",
      logLevel: "info",
      sample: false,
      seed: undefined,
      mode: "embedded",
      servers: null,
      clientUrl: null,
      clientCaFile: null,
      workstationName: undefined,
      keyPassphrase: undefined,
    });
  });

  it("serves beyond this computer only with a certificate and its key", () => {
    const config = readConfig(["--host", "192.168.1.9", "--tls-cert", "c.pem", "--tls-key", "k.pem", "--names", "clinic.example:7420"], {});
    expect(config).toMatchObject({
      host: "192.168.1.9",
      tls: { certificateFile: resolve("c.pem"), keyFile: resolve("k.pem") },
      names: ["clinic.example:7420"],
    });
  });

  it("takes options before variables before defaults", () => {
    const environment = { POLYCLINIC_PORT: "80", POLYCLINIC_DATA: "from-environment", POLYCLINIC_RATE_LIMIT: "off", POLYCLINIC_HOST: "" };
    const config = readConfig(["--port", "0", "--sample", "--seed", "7", "--anchor", "a/b.json", "--keys", "k"], environment);
    expect(config).toMatchObject({ port: 0, sample: true, seed: 7, rateLimit: "off", host: "127.0.0.1" });
    expect(config.dataFolder).toBe(resolve("from-environment"));
    expect(config.anchorFile).toBe(resolve("a/b.json"));
    expect(config.keyFolder).toBe(resolve("k"));
  });

  it.each([
    [["--port", "65536"], {}, "--port must be at most 65535."],
    [["--port", "-1"], {}, "--port"],
    [[], { POLYCLINIC_PORT: "http" }, "POLYCLINIC_PORT must be a whole number."],
    [["--host", "0.0.0.0"], {}, "--host must be a loopback address, unless"],
    [["--host", "127.evil.example"], {}, "--host must be an address of this computer."],
    [["--host", "0.0.0.0", "--tls-cert", "c.pem"], {}, "--tls-cert and --tls-key go together."],
    [["--names", "a b"], {}, "--names must be host names"],
    [[], { POLYCLINIC_RATE_LIMIT: "maybe" }, "POLYCLINIC_RATE_LIMIT must be on or off."],
    [[], { POLYCLINIC_LOG_LEVEL: "loud" }, "POLYCLINIC_LOG_LEVEL must be one of debug, info"],
    [["--data", ""], {}, "--data must name a folder."],
    [["--seed", "1e3"], {}, "--seed must be a whole number."],
    [["--colour", "red"], {}, "--colour"],
    [["stray"], {}, "stray"],
  ])("refuses %j %j and names what is at fault", (args, environment, message) => {
    expect(() => readConfig(args, environment as Record<string, string>)).toThrow(
      expect.objectContaining({ code: "invalid-input", message: expect.stringContaining(message) }),
    );
  });
});
