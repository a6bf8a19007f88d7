import type { AddressInfo } from "node:net";
import { MessageChannel } from "node:worker_threads";
import { createEventBus } from "@main/app/event-bus.ts";
import { createEvents } from "@main/features/events/index.ts";
import type { IsAlive } from "@main/features/events/needs.ts";
import { systemIds } from "@main/platform/ids.ts";
import { serveHttp } from "@main/rpc/http.ts";
import { type ServedPort, servePort } from "@main/rpc/message-port.ts";
import { createRpcHandler } from "@main/rpc/router.ts";
import { serveWebSocket } from "@main/rpc/websocket.ts";
import { type ClientOptions, createClient } from "@renderer/lib/client.ts";
import { authorization, connectPort, connectSocket } from "@renderer/lib/connection.ts";
import { eventsContract } from "@shared/contract/events.ts";
import { AppError, query } from "@shared/define.ts";
import type { Role } from "@shared/model/roles.ts";
import { fastify } from "fastify";
import { z } from "zod";
import { routerWorld } from "./router-world.ts";

const probeContract = {
  echo: query({
    summary: "echo",
    allow: "signed-in",
    input: z.object({ text: z.string().max(1_000_000) }),
    output: z.object({ text: z.string() }),
  }),
  refuse: query({ summary: "refuse", allow: "signed-in", input: z.object({}), output: z.object({}) }),
  wait: query({ summary: "wait", allow: "signed-in", input: z.object({}), output: z.object({}) }),
};

type Options = Partial<Pick<ClientOptions, "onSessionEnded" | "onConnection">>;

/** One router behind all three transports on real sockets, with probe routes and the real events. */
export async function transportsWorld(settings: { kept?: number; isAlive?: IsAlive; checkEveryMs?: number } = {}) {
  const clock = { now: () => new Date().toISOString(), monotonic: () => performance.now() };
  const bus = createEventBus(clock, settings.kept);
  const waits: AbortSignal[] = [];
  const contract = { probe: probeContract, events: eventsContract };
  const router = routerWorld(contract, {
    probe: {
      echo: async ({ text }) => ({ text }),
      refuse: async () => Promise.reject(new AppError("changed-meanwhile", "Somebody else was faster.", { field: "version" })),
      wait: (_input, { signal }) =>
        new Promise((_resolve, reject) => {
          waits.push(signal);
          signal.addEventListener("abort", () => reject(new AppError("timeout", "gone")));
        }),
    },
    events: createEvents({ bus, isAlive: settings.isAlive ?? (async () => true), checkEveryMs: settings.checkEveryMs }),
  });
  const handler = createRpcHandler(contract, router.life, systemIds.uuid);
  const server = fastify({ forceCloseConnections: true });
  const trusted = new Set<string>();
  serveHttp(server, { life: router.life, clock, newRequestId: systemIds.uuid, trustedHosts: () => trusted, secure: false });
  const hangUp = serveWebSocket(server.server, { handler, clock, trustedHosts: () => trusted, secure: false });
  await server.listen({ host: "127.0.0.1", port: 0 });
  const { port } = server.server.address() as AddressInfo;
  const authority = `127.0.0.1:${port}`;
  trusted.add(authority);
  const clients: { close(): void }[] = [];
  const opened = (connect: Parameters<typeof createClient>[0]["connect"], token: () => string | null, options: Options) => {
    const client = createClient({ connect, token, ...options });
    clients.push(client);
    // The probe routes are not in the application's contract: this door takes any name.
    const call = (route: string, input: unknown, signal?: AbortSignal, domain = "probe") =>
      (client.call as unknown as (...all: unknown[]) => Promise<unknown>)(domain, route, input, signal);
    return { call, subscribe: client.subscribe };
  };
  const tokenOf = (role: Role | null) => () => router.as(role).token;
  return {
    bus,
    router,
    waits,
    authority,
    url: `http://${authority}`,
    overSocket: (role: Role | null, options: Options = {}) =>
      opened(connectSocket(`ws://${authority}/ws`, authorization(tokenOf(role))), tokenOf(role), options),
    overPort: (role: Role | null, options: Options = {}) =>
      opened(
        connectPort(
          async () => {
            const { port1, port2 } = new MessageChannel();
            servePort(asServed(port1), { handler, clock, userAgent: "test" });
            return port2 as unknown as MessagePort;
          },
          authorization(tokenOf(role)),
        ),
        tokenOf(role),
        options,
      ),
    http: (role: Role | null, path: string, body: string, headers: Record<string, string> = {}) =>
      fetch(`http://${authority}${path}`, {
        method: "POST",
        body,
        headers: { "content-type": "application/json", ...bearer(router.as(role).token), ...headers },
      }),
    /** Cuts every WebSocket, as a broken network does. */
    async cut() {
      await hangUp();
      serveWebSocket(server.server, { handler, clock, trustedHosts: () => trusted, secure: false });
    },
    async close() {
      for (const client of clients) client.close();
      await hangUp();
      await server.close();
    },
  };
}

/** Node's port gives the data itself where Electron's gives an event. */
function asServed(port: import("node:worker_threads").MessagePort): ServedPort {
  const on: ServedPort["on"] = (event: "message" | "close", listener: ((event: { data: unknown }) => void) | (() => void)) =>
    event === "message"
      ? port.on("message", (data: unknown) => (listener as (event: { data: unknown }) => void)({ data }))
      : port.on("close", listener as () => void);
  return { on, postMessage: (frame) => port.postMessage(frame), start: () => port.start(), close: () => port.close() };
}

function bearer(token: string | null): Record<string, string> {
  return token === null ? {} : { authorization: `Bearer ${token}` };
}
