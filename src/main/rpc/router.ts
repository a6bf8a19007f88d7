import { ORPCError, os } from "@orpc/server";
import { StandardRPCHandler } from "@orpc/server/standard";
import { AppError, type Contract } from "@shared/define.ts";
import type { Caller } from "./call.ts";
import type { Life } from "./life.ts";
import { isErrorCode, normaliseError, toEnvelope } from "./normalise-error.ts";

/** Serves the RPC library's requests, for the transports that speak its envelope (WebSocket and MessagePort). */
export type RpcHandler = StandardRPCHandler<Caller>;

/**
 * Puts every route of the contract behind the RPC library. The procedures carry no schema of their own: policy, parsing and
 * audit are the route's life, the same for every transport, and the library is only the envelope.
 */
export function createRpcHandler(contract: Record<string, Contract>, life: Life, newRequestId: () => string): RpcHandler {
  const procedure = os.$context<Caller>();
  const router = Object.fromEntries(
    Object.entries(contract).map(([domain, routes]) => [
      domain,
      Object.fromEntries(
        Object.keys(routes).map((route) => [
          route,
          procedure.handler(async ({ input, context, signal }) => {
            const caller = { ...context, signal: signal ?? context.signal };
            try {
              return await life.run(domain, route, input, caller);
            } catch (error) {
              throw toEnvelope(error instanceof AppError ? error : normaliseError(error, newRequestId()));
            }
          }),
        ]),
      ),
    ]),
  );
  return new StandardRPCHandler<Caller>(router, {
    interceptors: [
      async (options) => {
        try {
          const result = await options.next();
          if (result.matched) return result;
        } catch (error) {
          throw isOurs(error) ? error : toEnvelope(normaliseError(unreadable(error), newRequestId()));
        }
        throw toEnvelope(new AppError("not-found", "There is no such route.", { requestId: newRequestId() }));
      },
    ],
  });
}

/** An error that a route's life has already put into the envelope. */
function isOurs(error: unknown): boolean {
  return error instanceof ORPCError && isErrorCode(error.code);
}

/** What the library throws on an envelope it cannot decode is the caller's fault, not ours. */
function unreadable(error: unknown): unknown {
  return error instanceof TypeError || error instanceof SyntaxError
    ? new AppError("invalid-input", "The request could not be read.")
    : error;
}
