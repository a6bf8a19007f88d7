import { AppError, ERROR_STATUS, type ErrorCode, type ErrorData } from "@shared/define.ts";
import { QueryClient, type UseMutationOptions, type UseQueryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Domain, RouteInput, RouteName, RouteOutput } from "./contract-types.ts";
import { requestReauthentication } from "./reauthentication.ts";

export type { Domain, RouteInput, RouteName, RouteOutput } from "./contract-types.ts";

/** Calls one route over whatever transport this screen has. */
export type CallRoute = (domain: string, route: string, input: unknown, signal?: AbortSignal) => Promise<unknown>;

let transport: CallRoute | null = null;

/** Given once by the application before the first screen. */
export function setTransport(call: CallRoute): void {
  transport = call;
}

/** Any failure as the one error type: screens look at `code` only. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (typeof error === "object" && error !== null && "code" in error && String(error.code) in ERROR_STATUS) {
    const data = "data" in error && typeof error.data === "object" && error.data !== null ? (error.data as ErrorData) : {};
    return new AppError(error.code as ErrorCode, "message" in error ? String(error.message) : String(error.code), data);
  }
  return new AppError("internal", error instanceof Error ? error.message : "unknown failure");
}

/**
 * Call a route. Answers its output or throws an AppError; where the route asks for a fresh proof of the password,
 * the dialog is shown and the call is made again.
 */
export async function callRoute<D extends Domain, R extends RouteName<D>>(
  domain: D,
  route: R,
  input: RouteInput<D, R>,
  signal?: AbortSignal,
): Promise<RouteOutput<D, R>> {
  if (!transport) throw new AppError("internal", "no transport yet");
  const call = transport;
  const attempt = async () => (await call(domain, route, input, signal)) as RouteOutput<D, R>;
  try {
    return await attempt();
  } catch (error) {
    const failure = toAppError(error);
    if (failure.code !== "reauthentication-required" || !(await requestReauthentication())) throw failure;
    try {
      return await attempt();
    } catch (second) {
      throw toAppError(second);
    }
  }
}

// What a second try can cure; everything else is an answer.
const PASSING: readonly ErrorCode[] = ["timeout", "store-unavailable"];

/** The cache of everything read; emptied when the session ends. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (count, error) => count < 2 && PASSING.includes(toAppError(error).code),
      networkMode: "always",
      refetchOnWindowFocus: false,
    },
    mutations: { networkMode: "always", retry: false },
  },
});

/** The cache key of a route; a prefix (`routeKey("scheduling")`) names all of a domain. */
export function routeKey(domain: Domain, route?: string, input?: unknown): unknown[] {
  return [domain, route, input].filter((part) => part !== undefined);
}

type QueryExtras<T> = Omit<UseQueryOptions<T, AppError, T>, "queryKey" | "queryFn">;

/** Read a route: `useRouteQuery("scheduling", "listDay", { day })`. */
export function useRouteQuery<D extends Domain, R extends RouteName<D>>(
  domain: D,
  route: R,
  input: RouteInput<D, R>,
  extras: QueryExtras<RouteOutput<D, R>> = {},
) {
  return useQuery<RouteOutput<D, R>, AppError>({
    queryKey: routeKey(domain, route, input),
    queryFn: ({ signal }) => callRoute(domain, route, input, signal),
    ...extras,
  });
}

type CommandExtras<D extends Domain, R extends RouteName<D>> = Omit<
  UseMutationOptions<RouteOutput<D, R>, AppError, RouteInput<D, R>>,
  "mutationFn"
> & {
  /** What this write makes stale: whole domains (`"patients"`) or routes (`"scheduling.listDay"`). Its own domain always is. */
  invalidates?: readonly (Domain | `${Domain}.${string}`)[];
};

/** Write through a route: `const book = useRouteCommand("scheduling", "bookAppointment")`, then `book.mutate(input)`. */
export function useRouteCommand<D extends Domain, R extends RouteName<D>>(domain: D, route: R, extras: CommandExtras<D, R> = {}) {
  const client = useQueryClient();
  const { invalidates = [], onSuccess, ...rest } = extras;
  return useMutation<RouteOutput<D, R>, AppError, RouteInput<D, R>>({
    mutationFn: (input) => callRoute(domain, route, input),
    onSuccess: async (...answer) => {
      for (const stale of [domain, ...invalidates]) {
        void client.invalidateQueries({ queryKey: String(stale).split(".") });
      }
      await onSuccess?.(...answer);
    },
    ...rest,
  });
}
