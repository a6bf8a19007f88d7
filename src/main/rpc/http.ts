import { Readable } from "node:stream";
import { AppError } from "@shared/define.ts";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Clock } from "../platform/clock.ts";
import type { Caller } from "./call.ts";
import { MAX_INPUT_BYTES } from "./guard-input.ts";
import type { Life } from "./life.ts";
import { normaliseError, toWire } from "./normalise-error.ts";
import { bearerToken, isTrustedHost, isTrustedOrigin } from "./request-headers.ts";

export interface HttpOptions {
  life: Life;
  clock: Clock;
  newRequestId: () => string;
  trustedHosts: () => ReadonlySet<string>;
  secure: boolean;
}

/** Largest body: the input limit and room for JSON's escapes. */
export const BODY_LIMIT = MAX_INPUT_BYTES + 64 * 1024;

/**
 * Serves `POST /api/<domain>/<route>`: the body is the input, the answer is the output, and every refusal is
 * `{ code, message, data }`. A stream answers with server-sent events.
 */
export function serveHttp(server: FastifyInstance, options: HttpOptions): void {
  server.addHook("onRequest", async (request) => {
    const trusted = options.trustedHosts();
    if (!isTrustedHost(request.headers.host, trusted) || !isTrustedOrigin(request.headers.origin, trusted, options.secure)) {
      throw new AppError("forbidden", "This host answers only to its own address.");
    }
  });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("application/json", { parseAs: "string", bodyLimit: BODY_LIMIT }, (_request, body, done) => {
    try {
      done(null, body === "" ? {} : JSON.parse(String(body)));
    } catch {
      done(new AppError("invalid-input", "The body is not JSON."));
    }
  });
  server.setErrorHandler((error, _request, reply) => refuse(reply, fromFastify(error), options.newRequestId()));
  server.setNotFoundHandler((_request, reply) =>
    refuse(reply, new AppError("not-found", "There is nothing here."), options.newRequestId()),
  );
  server.post<{ Params: { domain: string; route: string } }>("/api/:domain/:route", async (request, reply) => {
    const gone = new AbortController();
    reply.raw.once("close", () => gone.abort());
    try {
      const output = await options.life.run(
        request.params.domain,
        request.params.route,
        request.body,
        callerOf(request, options.clock, gone.signal),
      );
      if (isStream(output)) return reply.type("text/event-stream").header("cache-control", "no-store").send(serverSentEvents(output));
      return reply.header("cache-control", "no-store").type("application/json; charset=utf-8").send(JSON.stringify(output));
    } catch (error) {
      return refuse(reply, error, options.newRequestId());
    }
  });
}

/** Who asks over HTTP. */
export function callerOf(request: FastifyRequest, clock: Clock, signal: AbortSignal): Caller {
  return {
    token: bearerToken(request.headers.authorization),
    clock,
    signal,
    origin: { transport: "http", address: request.ip, userAgent: (request.headers["user-agent"] ?? "").slice(0, 200) },
  };
}

/** Sends an error as every transport does. */
export function refuse(reply: FastifyReply, error: unknown, newRequestId: string): FastifyReply {
  const known = error instanceof AppError && error.data.requestId ? error : normaliseError(error, newRequestId);
  if (known.data.retryAfterMs) reply.header("retry-after", String(Math.ceil(known.data.retryAfterMs / 1000)));
  return reply
    .status(known.status)
    .header("cache-control", "no-store")
    .type("application/json; charset=utf-8")
    .send(JSON.stringify(toWire(known)));
}

function fromFastify(error: FastifyError | AppError | unknown): unknown {
  if (error instanceof AppError) return error;
  const status = typeof error === "object" && error !== null && "statusCode" in error ? error.statusCode : undefined;
  if (status === 413) return new AppError("too-large", "The body is larger than 1 MB.");
  if (typeof status === "number" && status >= 400 && status < 500)
    return new AppError("invalid-input", "The request could not be read: send JSON.");
  return error;
}

function isStream(output: unknown): output is AsyncIterable<unknown> {
  return typeof output === "object" && output !== null && Symbol.asyncIterator in output;
}

function serverSentEvents(items: AsyncIterable<unknown>): Readable {
  async function* lines() {
    for await (const item of items) yield `data: ${JSON.stringify(item)}\n\n`;
  }
  return Readable.from(lines());
}
