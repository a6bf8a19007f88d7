import type { Clock } from "@main/platform/clock.ts";
import type { UserViewer } from "@main/platform/request.ts";
import type { AppContract, Domain } from "@shared/contract/index.ts";
import { AppError } from "@shared/define.ts";
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

/** Nobody waits for one step of a history: a server under load may take longer for it than a person would wait. */
const STEP_MS = 60_000;

/** Acts until the signal is aborted: a loading that has lost its right to load, or its time, makes nothing more. */
export function createAct(call: CallRoute, signal: AbortSignal): Act {
  return (viewer, at, domain, route, input) => {
    if (signal.aborted) return Promise.reject(new AppError("timeout", "The loading of the sample clinic was ended."));
    return call(domain, route, input, { viewer, clock: standing(at), signal, deadlineMs: STEP_MS });
  };
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
