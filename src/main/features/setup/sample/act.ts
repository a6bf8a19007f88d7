import type { Clock } from "@main/platform/clock.ts";
import type { UserViewer } from "@main/platform/request.ts";
import type { AppContract, Domain } from "@shared/contract/index.ts";
import type { CallRoute, RawInput, RouteOutput } from "../needs.ts";

/** A clock that shows one instant: the past in which the history happens. */
function standing(instant: string): Clock {
  return { now: () => instant, monotonic: () => performance.now() };
}

/** Calls a route as somebody at some instant. */
export type Act = <D extends Domain, R extends keyof AppContract[D] & string>(
  viewer: UserViewer,
  at: string,
  domain: D,
  route: R,
  input: RawInput<AppContract[D][R]>,
) => Promise<RouteOutput<AppContract[D][R]>>;

export function createAct(call: CallRoute): Act {
  return (viewer, at, domain, route, input) => call(domain, route, input, { viewer, clock: standing(at) });
}

/** Runs the work for each item, at most `limit` at a time; the first failure stops taking new ones and is thrown. */
export async function inParallel<T>(items: readonly T[], limit: number, work: (item: T, index: number) => Promise<void>): Promise<void> {
  const queue = items.entries();
  const failures: unknown[] = [];
  const lane = async () => {
    for (const [index, item] of queue) {
      if (failures.length > 0) return;
      try {
        await work(item, index);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, lane));
  if (failures.length > 0) throw failures[0];
}
