import { AppError } from "@shared/define.ts";
import { callRoute, type Domain, type RouteInput, type RouteName, type RouteOutput, toAppError } from "./api.ts";
import { isDesktop } from "./connection.ts";
import { activeToken } from "./device-store.ts";
import { ConnectionCut } from "./remote-error.ts";

interface BigCallOptions {
  signal?: AbortSignal;
  /** How much of the input has gone out, 0 to 1. The desktop's port does not tell. */
  onProgress?(share: number): void;
}

const PATIENCE_MS = 120_000;

/**
 * Calls a route whose input or output is large: over HTTP where a host serves the page, so that the line of events and
 * small calls stays free and its frames small; over the window's own port on the desktop. Fails as `callRoute` does.
 */
export function callBig<D extends Domain, R extends RouteName<D>>(
  domain: D,
  route: R,
  input: RouteInput<D, R>,
  options: BigCallOptions = {},
): Promise<RouteOutput<D, R>> {
  if (isDesktop(globalThis.window)) return callRoute(domain, route, input, options.signal);
  return overHttp(`/api/${domain}/${route}`, input, options) as Promise<RouteOutput<D, R>>;
}

function overHttp(path: string, input: unknown, { signal, onProgress }: BigCallOptions): Promise<unknown> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(cancelled());
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    request.open("POST", path);
    request.timeout = PATIENCE_MS;
    request.setRequestHeader("content-type", "application/json");
    const token = activeToken();
    if (token !== null) request.setRequestHeader("authorization", `Bearer ${token}`);
    request.upload.onprogress = ({ loaded, total }) => onProgress?.(total === 0 ? 0 : loaded / total);
    request.onload = () => settle(request, resolve, reject);
    request.onerror = () => reject(new ConnectionCut());
    request.ontimeout = () => reject(new AppError("timeout", "The call took too long."));
    request.onabort = () => reject(cancelled());
    request.onloadend = () => signal?.removeEventListener("abort", stop);
    signal?.addEventListener("abort", stop, { once: true });
    request.send(JSON.stringify(input));
  });
}

function settle(request: XMLHttpRequest, resolve: (output: unknown) => void, reject: (error: AppError) => void): void {
  let answer: unknown;
  try {
    answer = JSON.parse(request.responseText);
  } catch {
    return reject(new AppError("internal", "The answer could not be read."));
  }
  if (request.status === 200) return resolve(answer);
  const failure = toAppError(answer);
  // The session has ended: a call on the line learns it too, and leads to sign-in as always.
  if (failure.code === "unauthenticated") void callRoute("session", "whoAmI", {}).catch(() => undefined);
  reject(failure);
}

const cancelled = () => new AppError("cancelled", "The call was cancelled.");
