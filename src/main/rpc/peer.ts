import { type EncodedMessage, ServerPeer } from "@orpc/standard-server-peer";
import type { Clock } from "../platform/clock.ts";
import type { Caller } from "./call.ts";
import { bearerToken } from "./request-headers.ts";
import type { RpcHandler } from "./router.ts";

/** One connected client, whatever carries its frames. */
export interface Peer {
  /** Takes a frame; resolves when it is answered. Resolves to false when the frame could not be read. */
  receive(frame: EncodedMessage): Promise<boolean>;
  /** The client is gone: everything it asked for is aborted. */
  close(): void;
  /** Calls and streams not finished yet. */
  readonly open: number;
}

export interface PeerOptions {
  handler: RpcHandler;
  clock: Clock;
  origin: Caller["origin"];
  send: (frame: EncodedMessage) => void;
}

/** Answers the frames of one client through the router. The token comes with every call, so that signing out needs no new connection. */
export function servePeer(options: PeerOptions): Peer {
  const gone = new AbortController();
  const server = new ServerPeer((frame) => {
    if (!gone.signal.aborted) options.send(frame);
  });
  return {
    async receive(frame) {
      let read = false;
      try {
        await server.message(frame, async (request) => {
          read = true;
          const context: Caller = {
            token: bearerToken(request.headers.authorization),
            clock: options.clock,
            signal: gone.signal,
            origin: options.origin,
          };
          const { response } = await options.handler.handle({ ...request, body: () => Promise.resolve(request.body) }, { context });
          return response ?? { status: 404, headers: {}, body: undefined };
        });
        return true;
      } catch {
        // A frame that was read fails only in sending, because the client is gone.
        return read;
      }
    },
    close() {
      gone.abort();
      server.close();
    },
    get open() {
      return server.length;
    },
  };
}
