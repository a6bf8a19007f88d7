import { type RouteInput, toAppError } from "@renderer/lib/api.ts";
import type { KnownServers } from "@renderer/lib/parts.tsx";
import { MongoConfiguration, Neo4jConfiguration } from "@shared/contract/servers.ts";
import { z } from "zod";

// An empty field says: the password that is kept.
const Password = z.string().max(1_000);

/** Both servers as they are typed; what the routes take is `typedServers`. */
export const Servers = z.object({
  neo4j: Neo4jConfiguration.extend({ password: Password }),
  mongodb: MongoConfiguration.extend({ password: Password }),
});
export type ServerName = "neo4j" | "mongodb";
export type ServersForm = z.input<typeof Servers>;
export type ServersTyped = z.output<typeof Servers>;

type Settings = RouteInput<"setup", "joinServers">;

/** What the form begins with: what is known, else the usual names. */
export function beginWith({ neo4j, mongodb }: KnownServers): ServersForm {
  return {
    neo4j: { uri: "", user: "neo4j", database: "neo4j", caFile: null, ...neo4j, password: "" },
    mongodb: { uri: "", user: null, database: "polyclinic", caFile: null, ...mongodb, password: "" },
  };
}

const withPassword = <T extends { password: string }>({ password, ...rest }: T) => ({ ...rest, ...(password ? { password } : {}) });

export function typedServers({ neo4j, mongodb }: ServersTyped): Settings {
  return { neo4j: withPassword(neo4j), mongodb: withPassword(mongodb) };
}

/** One server alone, to be tried; null where what is typed cannot be one. */
export function typedServer(server: ServerName, typed: ServersForm): RouteInput<"system", "testConnection"> | null {
  if (server === "neo4j") {
    const read = Servers.shape.neo4j.safeParse(typed.neo4j);
    return read.success ? { store: "graph", neo4j: withPassword(read.data) } : null;
  }
  const read = Servers.shape.mongodb.safeParse(typed.mongodb);
  return read.success ? { store: "documents", mongodb: withPassword(read.data) } : null;
}

const REFUSABLE = ["uri", "user", "password", "caFile"] as const;
export type RefusedField = { path: `${ServerName}.${(typeof REFUSABLE)[number]}`; field: (typeof REFUSABLE)[number] };

/** The field of the form that a route refuses: it names it within its own input. Null for every other failure. */
export function refusedField(error: unknown): RefusedField | null {
  const { code, data } = toAppError(error);
  const [server, field] = (data.field ?? "").replace(/^servers\./, "").split(".");
  const known = REFUSABLE.find((name) => name === field);
  if (code !== "invalid-input" || !known || (server !== "neo4j" && server !== "mongodb")) return null;
  return { path: `${server}.${known}`, field: known };
}
