import { connect, createServer, type Socket } from "node:net";

export type Direction = "to-server" | "to-client";

/** Where connections are cut: at the piece of that number (from 1), before it is passed on or right after. */
export interface Cut {
  direction: Direction;
  piece: number;
  when: "before" | "after";
  /** The first piece is the one after these bytes have gone to the server. */
  behind?: Buffer;
}

/** What goes on before a cut must arrive: the reset waits so many milliseconds, until it is with the other side's system. */
export const ARRIVAL_MS = 20;

/** A network between us and a server, that a test breaks as it likes. */
export interface Proxy {
  readonly port: number;
  /** Pieces that have passed in a direction since the last `arm`: what is written in one go passes as one piece on loopback. */
  passed(direction: Direction): number;
  /** Counts anew, and cuts every connection where that says. */
  arm(cut?: Cut): void;
  /** Whether the cut that was armed has happened. */
  readonly cut: boolean;
  /** Every piece comes so many milliseconds later, in order. */
  delay(ms: number): void;
  /** Takes everything and passes nothing on, both ways; new connections are taken too. */
  blackHole(on: boolean): void;
  /** Refuses new connections and cuts those there are, as a server that is down. */
  down(on: boolean): void;
  /** Cuts every connection now. */
  cutAll(): void;
  close(): Promise<void>;
}

/** Starts a TCP proxy on loopback before the server at that port. */
export async function startProxy(server: { port: number; host?: string }): Promise<Proxy> {
  const pairs = new Set<[client: Socket, server: Socket]>();
  const passed: Record<Direction, number> = { "to-server": 0, "to-client": 0 };
  let armed: Cut | undefined;
  let cut = false;
  let delayMs = 0;
  let swallows = false;
  let isDown = false;

  const cutAll = () => {
    for (const pair of pairs) for (const socket of pair) socket.resetAndDestroy();
    pairs.clear();
  };

  function pass(direction: Direction, piece: Buffer, to: Socket): void {
    if (swallows) return;
    if (armed?.behind) {
      if (direction === "to-server" && piece.includes(armed.behind)) armed = { ...armed, behind: undefined };
    } else passed[direction] += 1;
    const now = armed?.direction === direction && armed.piece === passed[direction] ? armed : undefined;
    if (now) {
      armed = undefined;
      cut = true;
      if (now.when === "before") return cutAll();
      return void to.write(piece, () => setTimeout(cutAll, ARRIVAL_MS));
    }
    if (delayMs === 0) return void to.write(piece);
    setTimeout(() => to.destroyed || to.write(piece), delayMs);
  }

  const listener = createServer((client) => {
    if (isDown) return void client.resetAndDestroy();
    const upstream = connect(server.port, server.host ?? "127.0.0.1");
    const pair: [Socket, Socket] = [client, upstream];
    pairs.add(pair);
    client.setNoDelay(true);
    upstream.setNoDelay(true);
    client.on("data", (piece) => pass("to-server", piece, upstream));
    upstream.on("data", (piece) => pass("to-client", piece, client));
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      socket.on("error", () => undefined);
      socket.on("close", () => {
        pairs.delete(pair);
        // A black hole does not tell that the other side has gone.
        if (!swallows) other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const address = listener.address();
  if (address === null || typeof address === "string") throw new Error("the proxy has no port");

  return {
    port: address.port,
    passed: (direction) => passed[direction],
    arm(next) {
      passed["to-server"] = 0;
      passed["to-client"] = 0;
      cut = false;
      armed = next;
    },
    get cut() {
      return cut;
    },
    delay(ms) {
      delayMs = ms;
    },
    blackHole(on) {
      swallows = on;
      // What was swallowed is gone: whoever goes on with such a connection would be out of step.
      if (!on) cutAll();
    },
    down(on) {
      isDown = on;
      if (on) cutAll();
    },
    cutAll,
    close() {
      cutAll();
      return new Promise((resolve) => listener.close(() => resolve()));
    },
  };
}

/** The same address by way of the proxy. */
export function through(proxy: Proxy, uri: string): string {
  const url = new URL(uri);
  url.port = String(proxy.port);
  return url.href.replace(/\/$/, "");
}
