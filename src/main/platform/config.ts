import { isIP } from "node:net";
import { AppError } from "../../shared/define.ts";
import { type ConfigurationFile, configurationFileOf } from "./config-file.ts";
import { type ReadSetting, readStoreConfig, type StoreConfig } from "./config-servers.ts";
import { type LOG_LEVELS, SETTING_NAMES, SETTINGS, type SettingName, type SettingValue } from "./config-settings.ts";
import { openSources, type Source, type Sources } from "./config-sources.ts";
import { defaultKeyFolder } from "./paths.ts";

/**
 * What IT may set: on the command line, or else in the environment, or else in a `.env` file, or else in `configuration.json`, or
 * else by default. It holds secrets: it goes into no log and no answer.
 */
export interface Config extends StoreConfig {
  dataFolder: string;
  /** 0 takes any free port. */
  port: number;
  /** The address to serve at. One beyond loopback needs `tls`: plain HTTP must not leave the machine. */
  host: string;
  /** Files in PEM of the certificate and its key; HTTPS when given. */
  tls: { certificateFile: string; keyFile: string } | undefined;
  /** Names under which browsers reach the host beside its address (`clinic.example:7420`). */
  names: readonly string[];
  /** Where the audit trail's head is anchored; the stores' own default when left out. */
  anchorFile: string | undefined;
  /** Where the keys of files at rest lie: apart from the data folder, so that a copy of that has none of them. */
  keyFolder: string;
  rateLimit: "on" | "off";
  logLevel: (typeof LOG_LEVELS)[number];
  /** Load the sample clinic into an empty folder. */
  sample: boolean;
  /** Seed number of the sample clinic. */
  seed: number | undefined;
  /** What people call this workstation; the computer's name when left out. */
  workstationName: string | undefined;
  /** Seals the keys that workstations share in the document store. */
  keyPassphrase: string | undefined;
  /** Who said each setting. */
  sources: Readonly<Record<SettingName, Source>>;
  /** The file that the settings screen writes, and the `.env` files that were read. */
  files: { configuration: string; environment: readonly string[] };
}

/**
 * Reads the configuration. Throws `invalid-input` that names the option, variable or file at fault and what it may be, and never
 * a secret. `.env` is looked for in `workingFolder`, where there is one to trust; `file` stands in for `configuration.json`.
 */
export function readConfig(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  workingFolder: string | null = null,
  file?: ConfigurationFile,
): Config {
  const sources = openSources(args, environment, { workingFolder, file });
  const read = readerOf(sources);
  const host = read("host");
  const tls = tlsOf(read("tlsCertificate"), read("tlsKey"));
  if (!isLoopback(host) && !tls) {
    const says = sources.find("host")?.says ?? "";
    throw new AppError("invalid-input", `${says} must be a loopback address, unless --tls-cert and --tls-key are given.`, { field: says });
  }
  return {
    ...readStoreConfig(sources, read),
    dataFolder: sources.dataFolder,
    port: read("port"),
    host,
    tls,
    names: read("names") ?? [],
    anchorFile: read("anchorFile"),
    keyFolder: read("keyFolder") ?? defaultKeyFolder(),
    rateLimit: read("rateLimit"),
    logLevel: read("logLevel"),
    sample: sources.sample,
    seed: read("seed"),
    workstationName: read("workstation"),
    keyPassphrase: read("keyPassphrase") || undefined,
    sources: sourcesOf(sources),
    files: { configuration: configurationFileOf(sources.dataFolder), environment: sources.environmentFiles },
  };
}

function readerOf(sources: Sources): ReadSetting {
  return <K extends SettingName>(name: K) => {
    const given = sources.find(name);
    const result = SETTINGS[name].schema.safeParse(given?.value);
    if (result.success) return result.data as SettingValue<K>;
    const says = given?.says ?? SETTINGS[name].variable;
    throw new AppError("invalid-input", `${says} ${result.error.issues[0]?.message ?? "is not valid"}.`, { field: says });
  };
}

function sourcesOf(sources: Sources): Config["sources"] {
  return Object.fromEntries(SETTING_NAMES.map((name) => [name, sources.find(name)?.source ?? "default"])) as Config["sources"];
}

function tlsOf(certificate: string | undefined, key: string | undefined): Config["tls"] {
  if (!certificate && !key) return undefined;
  if (certificate && key) return { certificateFile: certificate, keyFile: key };
  throw new AppError("invalid-input", "--tls-cert and --tls-key go together.", { field: certificate ? "--tls-key" : "--tls-cert" });
}

function isLoopback(host: string): boolean {
  if (host === "localhost" || host === "::1") return true;
  return isIP(host) === 4 && host.startsWith("127.");
}
