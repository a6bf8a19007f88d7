import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import type { Clock } from "../platform/clock.ts";
import { type Peer, servePeer } from "./peer.ts";
import { isTrustedHost, isTrustedOrigin } from "./request-headers.ts";
import type { RpcHandler } from "./router.ts";

/** The largest frame of a client: a profile picture (90 kB as a data URL) with its envelope fits, nothing else comes near. */
export const MAX_FRAME_BYTES = 128 * 1024;
/** Calls and streams one client may have open; a screen needs a handful. */
const MAX_OPEN = 256;
const HEARTBEAT_MS = 20_000;
const POLICY_VIOLATION = 1008;
const UNREADABLE = 1007;
const GOING_AWAY = 1001;

export interface WebSocketOptions {
  handler: RpcHandler;
  clock: Clock;
  /** Authorities (`127.0.0.1:4711`) under which we are served. */
  trustedHosts: () => ReadonlySet<string>;
  secure: boolean;
  heartbeatMs?: number;
}

/** Serves the routes at `/ws` of an HTTP server. Answers a function that says goodbye to every client. */
export function serveWebSocket(http: Server, options: WebSocketOptions): () => Promise<void> {
  const server = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES, perMessageDeflate: false });
  const alive = new WeakSet<WebSocket>();

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const path = request.url?.split("?")[0];
    const trusted = options.trustedHosts();
    const wanted =
      path === "/ws" && isTrustedHost(request.headers.host, trusted) && isTrustedOrigin(request.headers.origin, trusted, options.secure);
    if (!wanted) {
      socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    server.handleUpgrade(request, socket, head, (client) => attend(client, request));
  };

  const attend = (client: WebSocket, request: IncomingMessage) => {
    const peer = servePeer({
      handler: options.handler,
      clock: options.clock,
      origin: {
        transport: "websocket",
        address: request.socket.remoteAddress ?? "unknown",
        userAgent: (request.headers["user-agent"] ?? "").slice(0, 200),
      },
      send: (frame) => {
        if (client.readyState === client.OPEN) client.send(frame);
      },
    });
    alive.add(client);
    client.on("pong", () => alive.add(client));
    client.on("message", (data, isBinary) => void take(client, peer, data, isBinary));
    client.on("close", () => peer.close());
    // A frame that is too large or broken ends the connection by itself; without a listener it would end the process.
    client.on("error", () => client.terminate());
  };

  const heartbeat = setInterval(() => {
    for (const client of server.clients) {
      if (!alive.has(client)) {
        client.terminate();
        continue;
      }
      alive.delete(client);
      client.ping();
    }
  }, options.heartbeatMs ?? HEARTBEAT_MS);
  heartbeat.unref();
  http.on("upgrade", upgrade);

  return async () => {
    clearInterval(heartbeat);
    http.off("upgrade", upgrade);
    for (const client of server.clients) client.close(GOING_AWAY, "shutting down");
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    const impatient = setTimeout(() => {
      for (const client of server.clients) client.terminate();
    }, 500);
    await closed;
    clearTimeout(impatient);
  };
}

async function take(client: WebSocket, peer: Peer, data: RawData, isBinary: boolean): Promise<void> {
  if (peer.open >= MAX_OPEN) return client.close(POLICY_VIOLATION, "too many open calls");
  const frame = isBinary ? bytesOf(data) : bytesOf(data).toString("utf8");
  if (!(await peer.receive(frame))) client.close(UNREADABLE, "unreadable frame");
}

function bytesOf(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data);
  return Buffer.isBuffer(data) ? data : Buffer.from(data);
}
