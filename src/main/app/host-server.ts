import { existsSync } from "node:fs";
import type { AddressInfo } from "node:net";
import helmet from "@fastify/helmet";
import serveStatic from "@fastify/static";
import { contract } from "@shared/contract/index.ts";
import { AppError, type Policy } from "@shared/define.ts";
import { fastify } from "fastify";
import { admit } from "../rpc/allow.ts";
import { callerOf, serveHttp } from "../rpc/http.ts";
import { serveFiles } from "../rpc/http-files.ts";
import { describeApi } from "../rpc/openapi.ts";
import { serveWebSocket } from "../rpc/websocket.ts";
import { apiPage } from "./api-page.ts";
import type { App } from "./compose.ts";
import { CONTENT_SECURITY_POLICY } from "./content-security-policy.ts";

export interface HostOptions {
  app: App;
  /** The built renderer; left out, only the routes are served. */
  pages?: string;
  /** 0 takes a free port. */
  port: number;
  /** Loopback when left out; any other address needs `tls`. */
  address?: string;
  tls?: { key: string; cert: string };
  /** Further names under which browsers reach us (`clinic.example:443`). */
  names?: readonly string[];
}

export interface RunningHost {
  url: string;
  /** Takes nothing new, lets what is in flight finish, says goodbye to every client. */
  close(): Promise<void>;
}

const FOR_ADMINS: Policy = { kind: "query", allow: ["admin"], audit: false, fresh: false, perMinute: 60, errors: [] };
const LOOPBACK = new Set(["127.0.0.1", "::1", "localhost"]);

/** Serves the app to browsers: pages, `/api`, `/files`, `/ws`, `/openapi.json`, `/docs`, `/health`. Refuses an address beyond loopback without TLS. */
export async function startHost(options: HostOptions): Promise<RunningHost> {
  const address = options.address ?? "127.0.0.1";
  if (!isLoopback(address) && !options.tls) {
    throw new AppError("invalid-input", "An address beyond this computer needs TLS: give a certificate and its key.", { field: "address" });
  }
  const { app } = options;
  const trusted = new Set(options.names?.map((name) => name.toLowerCase()));
  const secure = options.tls !== undefined;
  const server = fastify({ https: options.tls ?? null, forceCloseConnections: true, bodyLimit: 2 * 1024 * 1024, trustProxy: false });
  await server.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: directives() },
    strictTransportSecurity: secure,
    referrerPolicy: { policy: "no-referrer" },
    crossOriginEmbedderPolicy: false,
  });
  server.addHook("onSend", async (_request, reply) => {
    reply.header("permissions-policy", "camera=(self), microphone=(), geolocation=(), payment=(), usb=()");
  });
  serveHttp(server, { life: app.life, clock: app.clock, newRequestId: app.newRequestId, trustedHosts: () => trusted, secure });
  await serveFiles(server, { door: app.files, clock: app.clock });
  if (options.pages && existsSync(options.pages)) {
    await server.register(serveStatic, {
      root: options.pages,
      index: "index.html",
      cacheControl: false,
      setHeaders: (reply, path) => {
        reply.header("cache-control", /[\\/]assets[\\/]/.test(path) ? "public, max-age=31536000, immutable" : "no-cache");
      },
    });
  }
  server.get("/health", async (_request, reply) => {
    const health = await app.health();
    return reply
      .header("cache-control", "no-store")
      .status(health.status === "ok" ? 200 : 503)
      .send(health);
  });
  server.get("/openapi.json", async (_request, reply) => reply.header("cache-control", "no-cache").send(await describeOnce(app.version)));
  server.get("/docs", async (request, reply) => {
    const caller = callerOf(request, app.clock, new AbortController().signal);
    const viewer = await app.authenticate(caller.token, app.clock);
    admit(FOR_ADMINS, viewer, app.clock.now());
    return reply
      .type("text/html; charset=utf-8")
      .header("cache-control", "no-store")
      .send(apiPage(await describeOnce(app.version)));
  });
  const hangUp = serveWebSocket(server.server, { handler: app.rpc, clock: app.clock, trustedHosts: () => trusted, secure });
  await server.listen({ host: address, port: options.port });
  const { port } = server.server.address() as AddressInfo;
  for (const name of namesOf(address)) trusted.add(`${name}:${port}`);
  return {
    url: `${secure ? "https" : "http"}://${address.includes(":") ? `[${address}]` : address}:${port}`,
    async close() {
      await hangUp();
      await server.close();
    },
  };
}

export function isLoopback(address: string): boolean {
  return LOOPBACK.has(address) || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(address);
}

function namesOf(address: string): string[] {
  return isLoopback(address) ? ["127.0.0.1", "localhost", "[::1]", address] : [address.includes(":") ? `[${address}]` : address];
}

function directives(): Record<string, string[]> {
  return Object.fromEntries(Object.entries(CONTENT_SECURITY_POLICY).map(([directive, sources]) => [directive, [...sources]]));
}

let described: ReturnType<typeof describeApi> | undefined;
/** The contract does not change while we run: it is described once. */
function describeOnce(version: string): ReturnType<typeof describeApi> {
  described ??= describeApi(contract, version);
  return described;
}
