import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

// The schema is a dependency of electron-builder, found from where that stands.
const builder = createRequire(createRequire(import.meta.url).resolve("electron-builder/package.json"));
const configuration = parse(readFileSync(new URL("../../electron-builder.yml", import.meta.url), "utf8"));
const schema = JSON.parse(readFileSync(builder.resolve("app-builder-lib/scheme.json"), "utf8"));

describe("the packaged application", () => {
  const validate = new Ajv({ strict: false, allErrors: true }).compile(schema);

  it("is configured as electron-builder's own schema asks", () => {
    validate(configuration);
    expect(validate.errors ?? []).toEqual([]);
  });

  it("would be refused with a setting that does not exist", () => {
    expect(validate({ ...configuration, electronFuse: {} })).toBe(false);
  });

  it("has the fuses blown that let somebody else's code in", () => {
    expect(configuration.electronFuses).toEqual({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableCookieEncryption: true,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
    });
    expect(configuration.asar).toBe(true);
  });

  it("leaves the clinic's data where it is when the program is removed", () => {
    expect(configuration.nsis.deleteAppDataOnUninstall).toBe(false);
  });
});
