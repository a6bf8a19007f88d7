import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { SETTING_NAMES, SETTINGS, type Setting } from "./config-settings.ts";

const page = readFileSync(fileURLToPath(new URL("../../../docs/operations.md", import.meta.url)), "utf8");
const lines = page.split("\n").filter((line) => line.startsWith("|"));

describe("the table of settings in docs/operations.md", () => {
  it.each(SETTING_NAMES)("says of %s its option, variable and key", (name) => {
    const { option, variable, key, secret }: Setting = SETTINGS[name];
    const line = lines.find((text) => text.includes(`\`${variable}\``)) ?? "";
    const [, first = "", , third = ""] = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
    expect(first).toMatch(option === null ? /^–$/ : RegExp(`^\`--${option}[ \`]`));
    expect(third).toMatch(key === null ? /^–$/ : RegExp(`^\`${key}\``));
    if (secret) expect(page).toContain(`\`${variable}_FILE\``);
  });
});
