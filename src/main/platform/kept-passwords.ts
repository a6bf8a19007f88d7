import { z } from "zod";
import type { Config } from "./config.ts";
import type { ServerAddresses } from "./config-servers.ts";
import type { SecretStore } from "./secrets.ts";
import type { ServerSettings } from "./server-settings.ts";
import { readWorkstation } from "./workstation.ts";

/** Which server a password is for: a kept one goes nowhere else, whoever changes the address in a file. */
export interface PasswordOwner {
  server: "neo4j" | "mongodb";
  uri: string;
  user: string;
}

const Kept = z.object({ uri: z.string(), user: z.string(), password: z.string() });
const nameOf = ({ server }: PasswordOwner): string => `${server}-password`;

/** The password that is kept for exactly this address and user; null when there is none. */
export async function keptPassword(secrets: SecretStore, owner: PasswordOwner): Promise<string | null> {
  const bytes = await secrets.get(nameOf(owner));
  if (bytes === null) return null;
  const kept = Kept.safeParse(jsonOf(bytes.toString("utf8")));
  return kept.success && kept.data.uri === owner.uri && kept.data.user === owner.user ? kept.data.password : null;
}

/** Keeps a password for this address and user, in place of the one before. */
export async function keepPassword(secrets: SecretStore, owner: PasswordOwner, password: string): Promise<void> {
  await secrets.set(nameOf(owner), Buffer.from(JSON.stringify({ uri: owner.uri, user: owner.user, password })));
}

/** The servers as configured, with kept passwords put in where nobody gave one. */
export async function withKeptPasswords({ neo4j, mongodb }: ServerAddresses, secrets: SecretStore): Promise<ServerAddresses> {
  const { uri, user } = mongodb;
  return {
    neo4j: { ...neo4j, password: neo4j.password ?? (await keptPassword(secrets, { server: "neo4j", uri: neo4j.uri, user: neo4j.user })) },
    mongodb: { ...mongodb, password: mongodb.password ?? (user ? await keptPassword(secrets, { server: "mongodb", uri, user }) : null) },
  };
}

/**
 * The servers to connect to, and this workstation; null in other modes. Where no password is known it is empty: the server then says
 * that it is wrong, which the start screen tells.
 */
export async function serverSettings(config: Config, secrets: SecretStore): Promise<ServerSettings | null> {
  if (!config.servers) return null;
  const { neo4j, mongodb } = await withKeptPasswords(config.servers, secrets);
  return {
    neo4j: { ...neo4j, password: neo4j.password ?? "" },
    mongodb,
    workstation: await readWorkstation(config.dataFolder, config.workstationName),
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
