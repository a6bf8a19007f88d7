import { randomUUID } from "node:crypto";
import type { ConnectionReport } from "../../shared/contract/servers.ts";
import { openMongo } from "../data/documents/mongo.ts";
import { mongoPresence } from "../data/documents/mongo-presence.ts";
import { probeMongo } from "../data/documents/mongo-probe.ts";
import { probeNeo4j } from "../data/graph/neo4j-probe.ts";
import { StoreNotReady } from "../data/stores.ts";
import { systemClock } from "../platform/clock.ts";
import type { Config } from "../platform/config.ts";
import { fileSecrets } from "../platform/file-secrets.ts";
import { withKeptPasswords } from "../platform/kept-passwords.ts";
import type { MongoSettings } from "../platform/server-settings.ts";
import type { Answer } from "./answer.ts";

const HOST_MS = 3_000;
/** Sessions and locks go by times of a minute and more. */
const CLOCK_TOLERANCE_MS = 2_000;
const silent = { info() {}, warn() {}, error() {} };

/** What this workstation finds of the clinic's stores where they are not in its own folder. Reads only, also while the application runs. */
export async function storeAnswers(config: Config): Promise<Answer[]> {
  if (config.mode === "client") return [await hostAnswer(config.clientUrl ?? "")];
  if (!config.servers) return [];
  const { neo4j, mongodb } = await withKeptPasswords(config.servers, fileSecrets(config.keyFolder));
  const lacking: Answer[] = [];
  if (neo4j.password === null) lacking.push(noPassword("Neo4j", "NEO4J_PASSWORD"));
  if (mongodb.user !== null && mongodb.password === null) lacking.push(noPassword("MongoDB", "MONGODB_PASSWORD"));
  const [graph, documents] = await Promise.all([probeNeo4j({ ...neo4j, password: neo4j.password ?? "" }), probeMongo(mongodb)]);
  const answers = [...lacking, ...stepsOf("Neo4j", graph), ...stepsOf("MongoDB", documents)];
  if (documents.ok) answers.push(...(await sharedAnswers(mongodb)));
  const sealed = config.keyPassphrase !== undefined;
  const says = sealed ? "in MongoDB, sealed with the passphrase" : "in MongoDB, without a passphrase (POLYCLINIC_KEY_PASSPHRASE)";
  answers.push({ about: "Keys of files", state: sealed ? "ok" : "note", says });
  return answers;
}

/** A password that the window keeps is sealed for the window: this command cannot open it. */
function noPassword(about: string, variable: string): Answer {
  return { about, state: "note", says: `no password is known here; where the window keeps it, give it in ${variable} to try it` };
}

function stepsOf(about: string, { steps }: ConnectionReport): Answer[] {
  const names = { address: "address", tls: "TLS", credentials: "user and password", version: "version", rights: "rights" };
  return steps
    .filter(({ state }) => state !== "not-tried")
    .map(({ step, state, detail }) => ({
      about: `${about} ${names[step]}`,
      state: state === "failed" ? "bad" : "ok",
      says: detail,
    }));
}

/** What is used of MongoDB, who else is there, and whether its clock agrees with ours. */
async function sharedAnswers(settings: MongoSettings): Promise<Answer[]> {
  const server = openMongo({ settings, log: silent });
  try {
    await server.connect();
    const features = server.features().notes.map(({ name, state, note }): Answer => {
      return { about: "MongoDB feature", state: "ok", says: `${name}: ${state === "used" ? "used" : "done without"}. ${note}` };
    });
    // It only looks: this command is no workstation itself.
    const looking = mongoPresence({ server, workstation: { id: randomUUID(), name: "" }, version: "", clock: systemClock });
    const names = (await looking.others()).map(({ name, version }) => `${name} (${version})`);
    return [
      ...features,
      await clockAnswer(server),
      { about: "Workstations", state: "ok", says: names.length > 0 ? `here now: ${names.join(", ")}` : "none is here now" },
    ];
  } catch (error) {
    const says = error instanceof StoreNotReady ? error.message : "what it has could not be found out";
    return [{ about: "MongoDB", state: "bad", says }];
  } finally {
    await server.close();
  }
}

async function clockAnswer(server: ReturnType<typeof openMongo>): Promise<Answer> {
  const asked = Date.now();
  // Older servers and their likes know the command by its first name alone.
  const told = server.run(() =>
    server
      .db()
      .command({ hello: 1 })
      .catch(() => server.db().command({ isMaster: 1 })),
  );
  const { localTime } = await told.catch(() => ({ localTime: null }));
  const answered = Date.now();
  if (!(localTime instanceof Date)) return { about: "Clock", state: "note", says: "MongoDB does not tell its time" };
  const apartMs = Math.max(0, localTime.getTime() - answered, asked - localTime.getTime());
  return apartMs <= CLOCK_TOLERANCE_MS
    ? { about: "Clock", state: "ok", says: "agrees with MongoDB's" }
    : { about: "Clock", state: "note", says: `${Math.round(apartMs / 1000)} s apart from MongoDB's: set one of them right` };
}

async function hostAnswer(url: string): Promise<Answer> {
  try {
    const response = await fetch(`${url}/health`, { signal: AbortSignal.timeout(HOST_MS) });
    const { status, version } = (await response.json()) as { status: string; version: string };
    return { about: "Clinic's host", state: status === "ok" ? "ok" : "bad", says: `${url} answers: ${status}, version ${version}` };
  } catch {
    return { about: "Clinic's host", state: "bad", says: `${url} does not answer` };
  }
}
