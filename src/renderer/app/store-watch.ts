import { callRoute } from "@renderer/lib/api.ts";
import { isAway, type StoresState, useConnection } from "./connection-store.ts";
import { readAnew } from "./subscription.ts";

// While a store is away the host is asked this often; it is asked nothing while all is well.
const ASK_EVERY_MS = 1_000;
// The count-down is not set anew for the milliseconds that the asking itself took.
const SAME_TRY_MS = 1_500;

let timer: ReturnType<typeof setTimeout> | undefined;
let asking: Promise<void> | null = null;

/**
 * Asks the host how its stores are, and goes on asking while one is away. Called at the start, when a call was answered with
 * `store-unavailable` and when a loss is told: so that screens without a session follow, too.
 */
export function watchStores(): Promise<void> {
  asking ??= ask("getConnection").finally(() => {
    asking = null;
  });
  return asking;
}

/** Has the host try its servers now. */
export async function tryStoresNow(): Promise<void> {
  await asking;
  await ask("retryConnection");
}

async function ask(route: "getConnection" | "retryConnection"): Promise<void> {
  clearTimeout(timer);
  try {
    take(await callRoute("system", route, {}));
  } catch {
    // The host itself does not answer: the banner says so, and the next answer tells the rest.
  }
  const { stores, lostStores } = useConnection.getState();
  if (!isAway(stores) && lostStores.length === 0) return;
  clearTimeout(timer);
  timer = setTimeout(() => void watchStores(), ASK_EVERY_MS);
}

function take(stores: StoresState): void {
  const before = useConnection.getState();
  const wasAway = isAway(before.stores);
  const next = stores.retryInMs === null ? null : Date.now() + stores.retryInMs;
  const sameTry = next !== null && before.retryAt !== null && Math.abs(next - before.retryAt) < SAME_TRY_MS;
  useConnection.setState({ stores, retryAt: sameTry ? before.retryAt : next });
  // An embedded engine that is restarted is told by its events alone.
  const wasLost = before.lostStores.length > 0 && stores.mode !== "embedded";
  if (isAway(stores) || !(wasAway || wasLost)) return;
  useConnection.setState({ lostStores: [] });
  readAnew();
}
