import type { MessagePortMain } from "electron";
import type { Clock } from "../platform/clock.ts";
import { servePeer } from "./peer.ts";
import type { RpcHandler } from "./router.ts";

/** What is used of a port: Electron's MessagePortMain, or Node's MessagePort in tests. */
export type ServedPort = Pick<MessagePortMain, "postMessage" | "start" | "close"> & {
  on(event: "message", listener: (event: { data: unknown }) => void): unknown;
  on(event: "close", listener: () => void): unknown;
};

/** Serves the window at the other end of a port whose sender was checked before. Answers a function that hangs up. */
export function servePort(port: ServedPort, options: { handler: RpcHandler; clock: Clock; userAgent: string }): () => void {
  const peer = servePeer({
    handler: options.handler,
    clock: options.clock,
    origin: { transport: "port", address: "window", userAgent: options.userAgent },
    send: (frame) => port.postMessage(frame),
  });
  port.on("message", (event) => {
    const frame = event.data;
    if (typeof frame !== "string" && !(frame instanceof Uint8Array)) return port.close();
    void peer.receive(frame).then((read) => {
      if (!read) port.close();
    });
  });
  port.on("close", () => peer.close());
  port.start();
  return () => {
    peer.close();
    port.close();
  };
}
