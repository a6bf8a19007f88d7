import { parseArgs } from "node:util";
import { AppError } from "@shared/define.ts";
import { StoreNotReady } from "../../data/stores.ts";
import { systemClock } from "../../platform/clock.ts";
import { type Config, readConfig } from "../../platform/config.ts";
import { keepConfiguration } from "../../platform/configuration-keeper.ts";
import { fileSecrets } from "../../platform/file-secrets.ts";
import { keepPassword, serverSettings } from "../../platform/kept-passwords.ts";
import { createLog } from "../../platform/pino-log.ts";
import type { ProcessLauncher } from "../../platform/process-launcher.ts";
import type { SecretStore } from "../../platform/secrets.ts";
import type { ServerSettings } from "../../platform/server-settings.ts";
import { tableOf } from "./compare.ts";
import { type MigrateOptions, migrate } from "./migrate.ts";

export interface RunMigrateOptions {
  args: readonly string[];
  environment: Readonly<Record<string, string | undefined>>;
  graph: ProcessLauncher;
}

const FAILED = 1;
const BAD_USAGE = 2;
const USAGE = "polyclinic migrate --to servers|embedded --data DIR [--afresh], with the settings of the servers (see docs/operations.md)";

/**
 * `polyclinic migrate`: moves a clinic and prints the table of what was compared. Answers the exit code: 0 when the clinic lives in its new
 * place, 1 when nothing has changed, 2 when it was asked wrongly.
 */
export async function runMigrate({ args, environment, graph }: RunMigrateOptions): Promise<number> {
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  try {
    const { to, afresh, others } = readWish(args);
    // The servers are one side of every move, whatever the mode is until then.
    const config = readConfig([...others, "--mode", "servers"], environment, process.cwd());
    const secrets = fileSecrets(config.keyFolder);
    const servers = await serverSettings(config, secrets);
    if (servers === null) throw new AppError("invalid-input", "The settings of the servers are missing.");
    const result = await migrate({
      ...{ to, afresh, servers, graph, secrets, say, clock: systemClock, log: createLog({ level: "warn" }) },
      ...{ folder: config.dataFolder, anchorFile: config.anchorFile, keyPassphrase: config.keyPassphrase ?? null },
      configure: (place) => configure(place, { others, environment, config, secrets, servers }),
    });
    if (result.rows.length > 0) process.stdout.write(`${tableOf(result.rows)}\n`);
    process.stdout.write(`${result.equal ? SAID[to] : DIFFERENT} (${result.seconds.toFixed(1)} s)\n`);
    return result.equal ? 0 : FAILED;
  } catch (error) {
    say(messageOf(error));
    return error instanceof AppError && error.code === "invalid-input" ? BAD_USAGE : FAILED;
  }
}

const SAID = {
  servers: "The clinic lives on the servers now. The folder keeps it as it was; to go back: polyclinic migrate --to embedded.",
  embedded: "The clinic lives in its folder now. The servers keep it as it was, and workstations are refused there.",
};
const DIFFERENT = "The sides differ: nothing has changed, the clinic stays where it was. Run this again with --afresh.";

function readWish(args: readonly string[]): { to: MigrateOptions["to"]; afresh: boolean; others: string[] } {
  const options = { to: { type: "string" }, afresh: { type: "boolean" } } as const;
  const { values, tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true });
  const { to } = values;
  if (to !== "servers" && to !== "embedded") throw new AppError("invalid-input", `Usage: ${USAGE}`);
  const own = new Set<number>();
  for (const token of tokens) {
    if (token.kind !== "option" || (token.name !== "to" && token.name !== "afresh")) continue;
    own.add(token.index);
    if (token.name === "to" && token.inlineValue === false) own.add(token.index + 1);
  }
  return { to, afresh: values.afresh === true, others: args.filter((_, index) => !own.has(index)) };
}

interface Configuring {
  others: readonly string[];
  environment: RunMigrateOptions["environment"];
  config: Config;
  secrets: SecretStore;
  servers: ServerSettings;
}

/** Writes into `configuration.json` where the clinic is, keeps the passwords, and tells what stands against it elsewhere. */
async function configure(to: MigrateOptions["to"], { others, environment, config, secrets, servers }: Configuring): Promise<string[]> {
  const { neo4j, mongodb } = servers;
  const given = { args: others, environment, workingFolder: process.cwd(), modes: ["embedded", "servers"] as const };
  const keeper = await keepConfiguration({ ...given, running: config, secrets });
  const { password: _secret, ...graph } = neo4j;
  const { password: _other, ...documents } = mongodb;
  await keeper.write({ mode: to, neo4j: graph, mongodb: documents });
  if (to === "servers") {
    await keepPassword(secrets, { server: "neo4j", uri: neo4j.uri, user: neo4j.user }, neo4j.password);
    const { uri, user, password } = mongodb;
    if (user !== null && password !== null) await keepPassword(secrets, { server: "mongodb", uri, user }, password);
  }
  const { mode } = keeper.next();
  if (mode === to) return [`${config.files.configuration} says where the clinic is now.`];
  return [
    `${config.files.configuration} says mode ${to}, but the environment or a .env file still says ${mode}: take NEO4J_URI and MONGODB_URI out of it, or set POLYCLINIC_MODE=${to}.`,
  ];
}

function messageOf(error: unknown): string {
  if (error instanceof AppError || error instanceof StoreNotReady) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
