import { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Clock } from "../platform/clock.ts";
import type { FileAnswer, FileDoor } from "./file-door.ts";
import { callerOf } from "./http.ts";

/** Bytes that wait for a receiver who is slower than the disk. */
const READ_AHEAD = 512 * 1024;

interface Named {
  Params: { id: string };
}

/** Serves `/files/<id>`: bytes in and out as streams, each side as fast as the other takes them. */
export async function serveFiles(server: FastifyInstance, { door, clock }: { door: FileDoor; clock: Clock }): Promise<void> {
  await server.register(async (files) => {
    files.removeAllContentTypeParsers();
    // Whatever it says it is, the body stays a stream: the door looks at the type, and at the bytes as they come.
    files.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
    files.route<Named>({
      method: ["GET", "HEAD", "PUT"],
      url: "/files/:id",
      handler: async (request, reply) => {
        const answer = await door(fileRequest(request, reply, clock));
        // A sender that is refused midway listens only once its body is taken: the rest goes nowhere. A turn later, when the reader has let go.
        if (!request.raw.readableEnded) setImmediate(() => request.raw.resume());
        return send(reply, answer);
      },
    });
  });
}

function fileRequest(request: FastifyRequest<Named>, reply: FastifyReply, clock: Clock) {
  const gone = new AbortController();
  reply.raw.once("close", () => gone.abort());
  return {
    method: request.method,
    id: request.params.id,
    query: new URL(request.url, "http://host").searchParams,
    header: (name: string) => {
      const value = request.headers[name];
      return Array.isArray(value) ? value[0] : value;
    },
    // Left open when it is not read to its end: the refusal must still reach the sender.
    body: { [Symbol.asyncIterator]: () => request.raw.iterator({ destroyOnReturn: false }) as AsyncIterator<Uint8Array> },
    caller: callerOf(request, clock, gone.signal),
  };
}

function send(reply: FastifyReply, { status, headers, body }: FileAnswer): FastifyReply {
  void reply.status(status).headers(headers);
  if (body === null || typeof body === "string") return reply.send(body ?? "");
  return reply.send(Readable.from(body, { objectMode: false, highWaterMark: READ_AHEAD }));
}
