import { isDeepStrictEqual } from "node:util";
import type { StoreMode } from "../../shared/contract/servers.ts";
import { type Config, readConfig } from "./config.ts";
import { type ConfigurationFile, readConfigurationFile, writeConfigurationFile } from "./config-file.ts";
import { withKeptPasswords } from "./kept-passwords.ts";
import type { SecretStore } from "./secrets.ts";

/** What the settings screen says of the file: where the clinic's stores are. */
export type StorePlaces = Pick<ConfigurationFile, "mode" | "neo4j" | "mongodb" | "url">;

/** The configuration of this process, and of its next start. */
export interface ConfigurationKeeper {
  /** What this process was started with. */
  readonly running: Config;
  /** What this kind of process can be: only a window can be a client. */
  readonly modes: readonly StoreMode[];
  /** Passwords of servers, on this workstation. */
  readonly secrets: SecretStore;
  /** What the next start finds. Throws `invalid-input` that names what is wrong with the file. */
  next(): Config;
  /** What the next start would find if the file said this of the stores. Throws `invalid-input`. */
  preview(places: StorePlaces): Config;
  /** Whether the next start finds the stores elsewhere, or another password, than this process did. */
  restartRequired(): Promise<boolean>;
  /** Writes where the stores are into the file, in one step; its other settings stay. */
  write(places: StorePlaces): Promise<void>;
}

export interface KeeperOptions {
  args: readonly string[];
  environment: Readonly<Record<string, string | undefined>>;
  workingFolder: string | null;
  modes: readonly StoreMode[];
  running: Config;
  secrets: SecretStore;
}

/** Keeps the configuration for the routes. Call it at the start: the passwords of then are what a restart is measured by. */
export async function keepConfiguration({ args, environment, workingFolder, ...options }: KeeperOptions): Promise<ConfigurationKeeper> {
  const { running, secrets } = options;
  const placesOf = async (config: Config) => ({
    mode: config.mode,
    url: config.clientUrl,
    caFile: config.clientCaFile,
    servers: config.servers && (await withKeptPasswords(config.servers, secrets)),
  });
  const started = await placesOf(running);
  const next = () => readConfig(args, environment, workingFolder);
  const fileWith = (places: StorePlaces): ConfigurationFile => {
    const { mode: _, neo4j: __, mongodb: ___, url: ____, ...others } = readConfigurationFile(running.dataFolder);
    return { ...places, ...others };
  };
  return {
    ...options,
    next,
    preview: (places) => readConfig(args, environment, workingFolder, fileWith(places)),
    restartRequired: async () => !isDeepStrictEqual(await placesOf(next()), started),
    write: (places) => writeConfigurationFile(running.dataFolder, fileWith(places)),
  };
}

/** The configuration of a folder that only its own file configures. */
export function folderConfiguration(folder: string, secrets: SecretStore): Promise<ConfigurationKeeper> {
  const args = ["--data", folder];
  const running = readConfig(args, {});
  return keepConfiguration({ args, environment: {}, workingFolder: null, modes: ["embedded", "servers"], running, secrets });
}
