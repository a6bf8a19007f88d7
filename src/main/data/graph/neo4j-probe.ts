import { readFile } from "node:fs/promises";
import { connect as connectTcp, type Socket } from "node:net";
import { connect as connectTls, type TLSSocket } from "node:tls";
import neo4j, { type Driver } from "neo4j-driver";
import type { ConnectionReport } from "../../../shared/contract/servers.ts";
import type { Neo4jSettings } from "../../platform/server-settings.ts";
import { within } from "../../platform/within.ts";
import { makeDriver } from "./neo4j-driver.ts";
import { causeOfNeo4j } from "./neo4j-errors.ts";
import { readVersion, suits, WANTED } from "./neo4j-version.ts";

type Step = ConnectionReport["steps"][number];

const ALL_MS = 5_000;
const SOCKET_MS = 1_500;
const STEPS = ["address", "tls", "credentials", "version", "rights"] as const;
const PORT = 7687;

/**
 * Tries a Neo4j step by step and leaves nothing behind: what is at the address, whether TLS holds, whether name and password are taken, which
 * version answers, and whether the user may write and change the schema. In 5 s; no secret stands in the answer.
 */
export async function probeNeo4j(settings: Neo4jSettings): Promise<ConnectionReport> {
  const until = performance.now() + ALL_MS;
  const steps = await probeAddress(settings);
  if (steps.some(({ state }) => state === "failed")) return report(steps, null);
  let driver: Driver | null = null;
  try {
    driver = makeDriver(settings, 2);
    return await within(until - performance.now(), askServer(driver, settings, steps), () =>
      report(failAfter(steps, "it did not answer in time"), null),
    );
  } catch (error) {
    return report(await explain(error, settings, steps), null);
  } finally {
    void driver?.close().catch(() => undefined);
  }
}

/** The first two steps, which need no driver: what is at the address, and whether TLS holds there. */
export async function probeAddress(settings: Neo4jSettings): Promise<Step[]> {
  const target = targetOf(settings.uri);
  if (target === null) return [{ step: "address", state: "failed", detail: "This is no address of a Neo4j" }];
  const where = `port ${target.port} of ${target.host}`;
  const tcp = await opened(connectTcp({ host: target.host, port: target.port }), "connect");
  if (tcp !== null) return [{ step: "address", state: "failed", detail: `${where}: ${reasonOf(tcp)}` }];
  const address: Step = { step: "address", state: "ok", detail: `${where} answers` };
  if (!target.secure) return [address, { step: "tls", state: "not-used", detail: "The connection is not encrypted" }];
  return [address, await probeTls(settings, target)];
}

async function probeTls({ caFile }: Neo4jSettings, { host, port, anyCertificate }: Target): Promise<Step> {
  let ca: Buffer | undefined;
  try {
    if (caFile !== null) ca = await readFile(caFile);
  } catch {
    return { step: "tls", state: "failed", detail: `The certificate file ${caFile} cannot be read` };
  }
  const socket = connectTls({ host, port, servername: isIp(host) ? "" : host, ca, rejectUnauthorized: !anyCertificate });
  let about = "";
  socket.once("secureConnect", () => {
    about = aboutCertificate(socket);
  });
  const failure = await opened(socket, "secureConnect");
  if (failure !== null) return { step: "tls", state: "failed", detail: reasonOf(failure) };
  return { step: "tls", state: "ok", detail: anyCertificate ? `${about}; the certificate is not checked` : about };
}

/** Name and password, version, rights. Throws what the driver throws. */
async function askServer(driver: Driver, { user, database }: Neo4jSettings, steps: Step[]): Promise<ConnectionReport> {
  const session = driver.session({ database, defaultAccessMode: neo4j.session.WRITE });
  try {
    const { summary } = await session.run("RETURN 1 AS answer");
    steps.push({ step: "credentials", state: "ok", detail: `${user} may sign in` });
    const version = readVersion(summary.server.agent);
    const server = { name: "Neo4j", version };
    const old = !suits(version);
    steps.push({ step: "version", state: old ? "failed" : "ok", detail: `Neo4j ${version}${old ? `: ${WANTED} or later is wanted` : ""}` });
    if (old) return report(steps, server);
    for (const text of [
      "CREATE (probe:WriteMark) DELETE probe",
      "CREATE INDEX polyclinic_probe IF NOT EXISTS FOR (m:WriteMark) ON (m.attempt)",
    ]) {
      const transaction = session.beginTransaction();
      await transaction.run(text);
      await transaction.rollback();
    }
    steps.push({ step: "rights", state: "ok", detail: `${user} may write and change the schema of the database "${database}"` });
    return report(steps, server);
  } finally {
    void session.close().catch(() => undefined);
  }
}

/** The steps with the one that this error belongs to. */
async function explain(error: unknown, settings: Neo4jSettings, steps: Step[]): Promise<Step[]> {
  const cause = causeOfNeo4j(error);
  if (cause === "credentials")
    return [...steps, { step: "credentials", state: "failed", detail: "The user name and password are not taken" }];
  if (cause === "rights") {
    const detail = `${settings.user} may not write and change the schema of the database "${settings.database}", or there is no such database`;
    const before = steps.some(({ step }) => step === "credentials");
    const signedIn: Step[] = before ? [] : [{ step: "credentials", state: "ok", detail: `${settings.user} may sign in` }];
    return [...steps, ...signedIn, { step: "rights", state: "failed", detail }];
  }
  if (steps.length > 2) return failAfter(steps, "the connection was lost");
  if (cause === "version") return [...steps, { step: "version", state: "failed", detail: `Neo4j ${WANTED} or later is wanted` }];
  const wantsTls = steps.some(({ step, state }) => step === "tls" && state === "not-used") && (await speaksTls(settings));
  if (wantsTls) return [...steps.slice(0, 1), { step: "tls", state: "failed", detail: "The server wants an encrypted connection (+s)" }];
  return [{ step: "address", state: "failed", detail: "Something answers there, and it is no Neo4j" }];
}

/** Whether a server that was addressed without TLS would take it. */
export async function speaksTls(settings: Neo4jSettings): Promise<boolean> {
  const target = targetOf(settings.uri);
  if (target === null) return false;
  return (await opened(connectTls({ host: target.host, port: target.port, rejectUnauthorized: false }), "secureConnect")) === null;
}

function failAfter(steps: Step[], detail: string): Step[] {
  const failing = STEPS[steps.length];
  return failing === undefined ? steps : [...steps, { step: failing, state: "failed", detail }];
}

function report(steps: Step[], server: ConnectionReport["server"]): ConnectionReport {
  const all = STEPS.map((step) => steps.find((found) => found.step === step) ?? { step, state: "not-tried" as const, detail: "" });
  return { ok: all.every(({ state }) => state === "ok" || state === "not-used"), steps: all, server };
}

interface Target {
  host: string;
  port: number;
  secure: boolean;
  anyCertificate: boolean;
}

function targetOf(uri: string): Target | null {
  const [, scheme = "", security = "", rest = ""] = /^(bolt|neo4j)(\+s|\+ssc)?:\/\/(.+)$/.exec(uri) ?? [];
  const url = scheme !== "" && URL.canParse(`http://${rest}`) ? new URL(`http://${rest}`) : null;
  if (url === null || url.hostname === "") return null;
  const host = url.hostname.replace(/^\[|\]$/g, "");
  // A URL does not name the port that is its scheme's own.
  const port = url.port === "" ? (/:80(\D|$)/.test(rest) ? 80 : PORT) : Number(url.port);
  return { host, port, secure: security !== "", anyCertificate: security === "+ssc" };
}

const isIp = (host: string) => /^[\d.]+$/.test(host) || host.includes(":");

/** Waits for a socket's event and closes it; null when it came, else the error. */
function opened(socket: Socket, event: "connect" | "secureConnect"): Promise<NodeJS.ErrnoException | null> {
  return new Promise((resolve) => {
    const end = (failure: NodeJS.ErrnoException | null) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(failure);
    };
    const timer = setTimeout(() => end(Object.assign(new Error(), { code: "ETIMEDOUT" })), SOCKET_MS);
    socket.once(event, () => end(null));
    // Stays for errors that come after the end.
    socket.on("error", end);
  });
}

function aboutCertificate(socket: TLSSocket): string {
  const { subject, valid_to: until } = socket.getPeerCertificate();
  return `${socket.getProtocol() ?? "TLS"}, certificate of ${subject?.CN ?? "no name"}, good until ${until}`;
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there",
  ENOTFOUND: "the name is not known",
  EAI_AGAIN: "the name cannot be looked up now",
  ETIMEDOUT: "no answer",
  EHOSTUNREACH: "cannot be reached from here",
  ENETUNREACH: "cannot be reached from here",
  ECONNRESET: "the connection was closed at once",
  EPROTO: "the server does not speak TLS there",
  ERR_SSL_WRONG_VERSION_NUMBER: "the server does not speak TLS there",
  DEPTH_ZERO_SELF_SIGNED_CERT: "the certificate is self-signed and not trusted: name its authority's file",
  SELF_SIGNED_CERT_IN_CHAIN: "the certificate's authority is not trusted: name its file",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "the certificate's authority is not trusted: name its file",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "the certificate's authority is not trusted: name its file",
  CERT_HAS_EXPIRED: "the certificate has expired",
  CERT_NOT_YET_VALID: "the certificate is not valid yet: is the clock right?",
  ERR_TLS_CERT_ALTNAME_INVALID: "the certificate is for another name than this address",
};

function reasonOf(error: NodeJS.ErrnoException): string {
  const code = error.code ?? "";
  return REASONS[code] ?? (code.startsWith("ERR_SSL") ? "the server does not speak TLS there" : code || "no reason given");
}
