import { ReadableStream } from "node:stream/web";
import { bearerToken } from "../../rpc/request-headers.ts";
import type { App } from "../compose.ts";
import { PAGES_ORIGIN } from "./pages-origin.ts";

const FILES = /^\/files\/([^/]+)$/;

/** The id that a URL of our pages asks bytes of; null for every other URL. */
export function fileIdOf(url: string): string | null {
  try {
    const { protocol, host, pathname } = new URL(url);
    return `${protocol}//${host}` === PAGES_ORIGIN ? (FILES.exec(pathname)?.[1] ?? null) : null;
  } catch {
    return null;
  }
}

/** Answers `app://polyclinic/files/<id>` as the host answers `/files/<id>`: the same door, streaming both ways. */
export async function answerFile(request: Request, id: string, { files, clock }: Pick<App, "files" | "clock">): Promise<Response> {
  const origin = request.headers.get("origin");
  if (origin !== null && origin !== PAGES_ORIGIN) return new Response(null, { status: 403 });
  const { status, headers, body } = await files({
    method: request.method,
    id: decodeURIComponent(id),
    query: new URL(request.url).searchParams,
    header: (name) => request.headers.get(name) ?? undefined,
    body: request.body ?? NOTHING,
    caller: {
      token: bearerToken(request.headers.get("authorization") ?? undefined),
      clock,
      signal: request.signal,
      origin: { transport: "port", address: "window", userAgent: "Polyclinic window" },
    },
  });
  const carried = body === null || typeof body === "string" ? body : (ReadableStream.from(body) as unknown as BodyInit);
  return new Response(carried, { status, headers });
}

const NOTHING: AsyncIterable<Uint8Array> = {
  [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve({ done: true, value: undefined }) }),
};
