import { RPCLink as PortLink } from "@orpc/client/message-port";
import { RPCLink as SocketLink } from "@orpc/client/websocket";

/** Carries one call or stream; rejects with whatever the wire brought. */
export type Carry = (path: readonly string[], input: unknown, signal: AbortSignal | undefined) => Promise<unknown>;

/** One open way to the main process. */
export interface Connection {
  carry: Carry;
  /** Aborted when the connection is cut, by whomever. */
  readonly lost: AbortSignal;
  close(): void;
}

/** Opens a new connection; rejects when nobody answers. */
export type Connect = () => Promise<Connection>;

type Headers = () => Record<string, string>;

/** The header that says who asks; read anew for every call. */
export function authorization(token: () => string | null): Headers {
  return (): Record<string, string> => {
    const current = token();
    return current === null ? {} : { authorization: `Bearer ${current}` };
  };
}

/** Connects to a host's `/ws`. */
export function connectSocket(url: string, headers: Headers): Connect {
  return () =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket(url);
      socket.binaryType = "arraybuffer";
      const cut = new AbortController();
      // Before the link's own listener: a cut must be known as one before the link fails its calls.
      socket.addEventListener("close", () => {
        cut.abort();
        reject(new Error("the connection was refused"));
      });
      const link = new SocketLink({ websocket: forgiving(socket), headers });
      socket.addEventListener("open", () => {
        const carry: Carry = (path, input, signal) => link.call(path, input, { context: {}, signal });
        const close = () => {
          cut.abort();
          socket.close();
        };
        resolve({ carry, lost: cut.signal, close });
      });
    });
}

/** The socket as the link sees it: what it still says after a cut (that it gives up its calls) goes nowhere instead of failing. */
function forgiving(socket: WebSocket): Pick<WebSocket, "addEventListener" | "removeEventListener" | "send" | "readyState"> {
  return {
    get readyState() {
      return socket.readyState === WebSocket.CONNECTING ? WebSocket.CONNECTING : WebSocket.OPEN;
    },
    send: (data) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(data);
    },
    addEventListener: socket.addEventListener.bind(socket),
    removeEventListener: socket.removeEventListener.bind(socket),
  };
}

/** Connects through a message port of the desktop window; `ask` gets one from the preload. */
export function connectPort(ask: () => Promise<MessagePort>, headers: Headers): Connect {
  return async () => {
    const port = await ask();
    const cut = new AbortController();
    port.addEventListener("close", () => cut.abort());
    const link = new PortLink({ port, headers });
    port.start();
    const close = () => {
      cut.abort();
      port.close();
    };
    return { carry: (path, input, signal) => link.call(path, input, { context: {}, signal }), lost: cut.signal, close };
  };
}

const ASK = "polyclinic:connect";
const GIVEN = "polyclinic:connected";
const PATIENCE_MS = 10_000;

/** Asks the preload of the desktop window for a port. */
export function askForPort(page: Window): Promise<MessagePort> {
  return new Promise((resolve, reject) => {
    const settle = () => {
      clearTimeout(timer);
      page.removeEventListener("message", take);
    };
    const take = (event: MessageEvent) => {
      const [port] = event.ports;
      if (event.source !== page || event.data !== GIVEN || !port) return;
      settle();
      resolve(port);
    };
    const timer = setTimeout(() => {
      settle();
      reject(new Error("the window's main process does not answer"));
    }, PATIENCE_MS);
    page.addEventListener("message", take);
    page.postMessage(ASK, page.location.origin);
  });
}

/** True in the desktop window, whose pages come through its own protocol (or from the dev server, into Electron). */
export function isDesktop(page: Window): boolean {
  return page.location.protocol === "app:" || page.navigator.userAgent.includes("Electron/");
}
