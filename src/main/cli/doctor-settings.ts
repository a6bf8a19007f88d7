import { stat } from "node:fs/promises";
import { platform } from "node:os";
import type { Config } from "../platform/config.ts";
import { SETTING_NAMES, SETTINGS, type Setting } from "../platform/config-settings.ts";
import type { Answer } from "./answer.ts";

const PLACES = {
  file: "in configuration.json",
  "env-file": "in a .env file",
  environment: "in the environment",
  "command-line": "on the command line",
  default: "default",
} as const;

const MODES = {
  embedded: "embedded: the clinic's stores are in the data folder",
  servers: "servers: the clinic's stores are a Neo4j and a MongoDB",
  client: "client: the window uses another computer's host",
} as const;

/** Who said each setting, and that nobody else reads the files they lie in. What secrets say is never told. */
export async function settingAnswers(config: Config): Promise<Answer[]> {
  const given = SETTING_NAMES.filter((name) => config.sources[name] !== "default").map((name): Answer => {
    const setting: Setting = SETTINGS[name];
    const secret = setting.option === null ? " (secret, not shown)" : "";
    return { about: "Setting", state: "ok", says: `${setting.variable} is given ${PLACES[config.sources[name]]}${secret}` };
  });
  const others: Answer = { about: "Setting", state: "ok", says: `${given.length === 0 ? "all" : "all others"} have their defaults` };
  const files = [config.files.configuration, ...config.files.environment];
  const rights = await Promise.all(files.map(rightsOf));
  return [{ about: "Mode", state: "ok", says: MODES[config.mode] }, ...given, others, ...rights.filter((answer) => answer !== null)];
}

async function rightsOf(file: string): Promise<Answer | null> {
  const found = await stat(file).catch(() => null);
  if (!found) return null;
  const open = platform() !== "win32" && (found.mode & 0o077) !== 0;
  return open
    ? { about: "Settings file", state: "note", says: `${file}: other users may read it (chmod 600)` }
    : { about: "Settings file", state: "ok", says: file };
}
