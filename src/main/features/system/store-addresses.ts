import { access, constants } from "node:fs/promises";
import { resolve } from "node:path";
import { splitMongoUri } from "@main/platform/config-mongo-uri.ts";
import type { ConfigurationKeeper } from "@main/platform/configuration-keeper.ts";
import { keptPassword, withKeptPasswords } from "@main/platform/kept-passwords.ts";
import type { MongoSettings, Neo4jSettings } from "@main/platform/server-settings.ts";
import type { MongoConfiguration, Neo4jConfiguration } from "@shared/contract/servers.ts";
import { AppError } from "@shared/define.ts";
import type { z } from "zod";

/** How what somebody typed is to be read. */
export interface Reading {
  /** Path of the settings in the route's input: `servers.neo4j`. */
  field: string;
  /** Whether a password that is left out may be the kept one. */
  kept: boolean;
}

/**
 * Typed settings as those to connect with. A password that is left out is the one in use or kept for exactly this address and
 * user, and goes to no other. Throws `invalid-input` with the field where there is none.
 */
export function createStoreAddresses({ running, next, secrets }: ConfigurationKeeper) {
  const fileOf = (path: string | null) => (path === null ? null : resolve(running.dataFolder, path));

  /** The servers that this installation is configured for. */
  async function known() {
    const { servers } = next();
    return servers && withKeptPasswords(servers, secrets);
  }

  async function neo4j(given: z.output<typeof Neo4jConfiguration>, { field, kept }: Reading): Promise<Neo4jSettings> {
    const { uri, user, database } = given;
    const find = async () => {
      const mine = (await known())?.neo4j;
      if (mine?.uri === uri && mine.user === user && mine.password !== null) return mine.password;
      return keptPassword(secrets, { server: "neo4j", uri, user });
    };
    const password = given.password ?? (kept ? await find() : null);
    if (password === null) throw passwordNeeded(field);
    return { uri, user, password, database, caFile: fileOf(given.caFile) };
  }

  async function mongodb(given: z.output<typeof MongoConfiguration>, { field, kept }: Reading): Promise<MongoSettings> {
    const { uri } = mongoUriOf(given.uri, `${field}.uri`);
    const { user, database } = given;
    if (user === null && given.password !== undefined) {
      throw new AppError("invalid-input", "A password needs the name of its user.", { field: `${field}.user` });
    }
    const find = async (name: string) => {
      const mine = (await known())?.mongodb;
      if (mine?.uri === uri && mine.user === name && mine.password !== null) return mine.password;
      return keptPassword(secrets, { server: "mongodb", uri, user: name });
    };
    const password = given.password ?? (user !== null && kept ? await find(user) : null);
    if (user !== null && password === null) throw passwordNeeded(field);
    return { uri, user, password, database, caFile: fileOf(given.caFile) };
  }

  return { neo4j, mongodb };
}

/** Throws `invalid-input` where a certificate authority's file cannot be read. */
export async function checkReadable(caFile: string | null, field: string): Promise<void> {
  if (caFile === null) return;
  await access(caFile, constants.R_OK).catch(() => {
    throw new AppError("invalid-input", "The certificate authority's file cannot be read.", { field });
  });
}

/** The connection string alone; a database in its path stands in a field of its own. */
function mongoUriOf(text: string, field: string) {
  const address = splitMongoUri(text, field);
  if (address.database !== null) {
    throw new AppError("invalid-input", "The name of the database has a field of its own.", { field });
  }
  return address;
}

function passwordNeeded(field: string): AppError {
  return new AppError("invalid-input", "No password is kept for this address and user: it must be given.", { field: `${field}.password` });
}
