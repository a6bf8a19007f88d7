import { join, resolve } from "node:path";
import { parseArgs, parseEnv } from "node:util";
import { AppError } from "../../shared/define.ts";
import { type ConfigurationFile, configurationFileOf, flattened, readConfigurationFile, readIfThere } from "./config-file.ts";
import { OTHER_OPTIONS, SETTING_NAMES, SETTINGS, type Setting, type SettingName } from "./config-settings.ts";
import { defaultDataFolder } from "./paths.ts";

type Variables = Readonly<Record<string, string | undefined>>;

/** Where a setting came from, weakest first. */
export const SOURCES = ["default", "file", "env-file", "environment", "command-line"] as const;
export type Source = (typeof SOURCES)[number];

/** What somebody said a setting is. */
export interface Given {
  value: string;
  source: Source;
  /** The option, variable or key and its file, for messages. */
  says: string;
}

/** Everything that was said, by whom. */
export interface Sources {
  dataFolder: string;
  sample: boolean;
  /** `.env` files that were read. */
  environmentFiles: string[];
  /** Null where nobody says anything. */
  find(name: SettingName): Given | null;
}

interface Layer {
  source: Source;
  find(setting: Setting): Omit<Given, "source"> | null;
}

const DATA_FOLDER_VARIABLES = "polyclinic.env";

/**
 * Asks the command line, the environment, the `.env` files and `configuration.json`, in this order. `file` stands in for what the
 * last one says: to try what is about to be written.
 */
export function openSources(
  args: readonly string[],
  environment: Variables,
  { workingFolder, file }: { workingFolder: string | null; file?: ConfigurationFile },
): Sources {
  const options = optionsOf(args);
  const named = options["env-file"];
  const near = environmentFile(
    typeof named === "string" ? resolve(named) : workingFolder && join(workingFolder, ".env"),
    typeof named === "string",
  );
  const layers = [optionLayer(options), variableLayer(environment, "environment"), ...near];
  const folder = ask(layers, SETTINGS.dataFolder);
  if (folder?.value === "") throw new AppError("invalid-input", `${folder.says} must name a folder.`, { field: folder.says });
  const dataFolder = folder ? resolve(folder.value) : defaultDataFolder();
  const inFolder = environmentFile(join(dataFolder, DATA_FOLDER_VARIABLES), false);
  layers.push(...inFolder, fileLayer(dataFolder, file ?? readConfigurationFile(dataFolder)));
  return {
    dataFolder,
    sample: options["sample"] === true,
    environmentFiles: [...near, ...inFolder].map(({ path }) => path),
    find: (name) => ask(layers, SETTINGS[name]),
  };
}

function ask(layers: readonly Layer[], setting: Setting): Given | null {
  for (const { source, find } of layers) {
    const found = find(setting);
    if (found) return { ...found, source };
  }
  return null;
}

function optionLayer(options: Record<string, string | boolean | undefined>): Layer {
  return {
    source: "command-line",
    find({ option }) {
      const value = option === null ? undefined : options[option];
      return typeof value === "string" ? { value, says: `--${option}` } : null;
    },
  };
}

/** Variables, or for secrets the files that they name. An empty one counts as not given. */
function variableLayer(variables: Variables, source: Source, path?: string): Layer {
  const where = path === undefined ? "" : ` in ${path}`;
  return {
    source,
    find({ variable, secret }) {
      const value = variables[variable];
      const file = secret && variables[`${variable}_FILE`];
      if (value && file) {
        const field = `${variable}_FILE${where}`;
        throw new AppError("invalid-input", `${variable} and ${field} are both given; one of them must go.`, { field });
      }
      if (file) return { value: contentOf(file, `${variable}_FILE${where}`), says: `${variable}_FILE${where}` };
      return value ? { value, says: `${variable}${where}` } : null;
    },
  };
}

function contentOf(file: string, says: string): string {
  const text = readIfThere(resolve(file));
  if (text === null) throw new AppError("invalid-input", `${says} names ${file}, which is not there.`, { field: says });
  return text.replace(/\r?\n$/, "");
}

function environmentFile(path: string | null, mustExist: boolean): (Layer & { path: string })[] {
  const text = path === null ? null : readIfThere(path);
  if (path !== null && text !== null) return [{ ...variableLayer(parseEnv(text), "env-file", path), path }];
  if (mustExist) throw new AppError("invalid-input", `--env-file names ${path}, which is not there.`, { field: "--env-file" });
  return [];
}

function fileLayer(dataFolder: string, file: ConfigurationFile): Layer {
  const path = configurationFileOf(dataFolder);
  const values = flattened(file);
  return {
    source: "file",
    find({ key, path: isPath }) {
      const value = key === null ? undefined : values.get(key);
      if (value === undefined) return null;
      return { value: isPath && value !== "" ? resolve(dataFolder, value) : value, says: `${key} in ${path}` };
    },
  };
}

function optionsOf(args: readonly string[]): Record<string, string | boolean | undefined> {
  const settings: Setting[] = SETTING_NAMES.map((name) => SETTINGS[name]);
  const strings = settings.flatMap(({ option }) => (option === null ? [] : [[option, { type: "string" }] as const]));
  refuseSecrets(args, settings);
  try {
    return parseArgs({ args: [...args], options: { ...Object.fromEntries(strings), ...OTHER_OPTIONS }, strict: true }).values;
  } catch (error) {
    throw new AppError("invalid-input", error instanceof Error ? error.message : "The options cannot be read.", { field: "options" });
  }
}

/** Whoever may list processes reads their arguments: a password among them is lost already, and is not taken. */
function refuseSecrets(args: readonly string[], settings: readonly Setting[]): void {
  for (const { option, variable } of settings) {
    const asOption = `--${variable
      .toLowerCase()
      .replace(/^polyclinic_/, "")
      .replaceAll("_", "-")}`;
    if (option !== null || !args.some((argument) => argument === asOption || argument.startsWith(`${asOption}=`))) continue;
    const message = `${asOption}: a secret is never an option, others on this computer can read it there. Use ${variable} or ${variable}_FILE.`;
    throw new AppError("invalid-input", message, { field: asOption });
  }
}
