import { queryClient, routeKey, setTransport, toAppError } from "@renderer/lib/api.ts";
import { type Client, connectPage, createClient } from "@renderer/lib/client.ts";
import { activeToken } from "@renderer/lib/device-store.ts";
import { useSession } from "@renderer/lib/session-store.ts";
import { useConnection } from "./connection-store.ts";
import { endSession, take } from "./subscription.ts";

/** Follows the events of whoever is signed in, from sign-in to sign-out. */
function followEvents(client: Client): void {
  let stop: (() => void) | null = null;
  const restart = (token: string | null) => {
    stop?.();
    stop = token ? client.subscribe({ onEvent: take, onResync: () => void queryClient.invalidateQueries() }) : null;
    if (!token) useConnection.setState({ lostStores: [] });
  };
  restart(useSession.getState().token);
  useSession.subscribe((state, before) => {
    if (state.token !== before.token) restart(state.token);
  });
}

/** Gives the screens their way to the host: the desktop's port or the host's WebSocket. */
export function connect(): void {
  const client = createClient({
    connect: connectPage(globalThis.window, activeToken),
    token: activeToken,
    onConnection: (state) => {
      const before = useConnection.getState().connected;
      const connected = state !== "lost";
      useConnection.setState({ connected });
      // After a break the state of the clinic itself may have changed: another folder, another start.
      if (connected && !before) void queryClient.invalidateQueries({ queryKey: routeKey("setup") });
    },
  });
  setTransport(async (domain, route, input, signal) => {
    const token = useSession.getState().token;
    try {
      return await client.call(domain as never, route as never, input as never, signal);
    } catch (error) {
      if (toAppError(error).code === "unauthenticated" && token !== null && activeToken() === token) endSession("expired");
      throw error;
    }
  });
  followEvents(client);
}
