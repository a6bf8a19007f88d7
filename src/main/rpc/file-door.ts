import { fileBytesContract } from "@shared/contract/files.ts";
import { AppError } from "@shared/define.ts";
import { MedicalFileId } from "@shared/model/ids.ts";
import type { FileBytes, OpenedFile } from "../platform/file-bytes.ts";
import type { Caller } from "./call.ts";
import { contentDisposition, etagOf, type Range, rangeOf } from "./file-headers.ts";
import { knownRoute } from "./known-route.ts";
import type { Life } from "./life.ts";
import { normaliseError, toWire } from "./normalise-error.ts";

/** A request for bytes, whatever carries it. */
export interface FileRequest {
  method: string;
  /** The last part of the path: a file's id, or an upload's. */
  id: string;
  query: URLSearchParams;
  header(name: string): string | undefined;
  body: AsyncIterable<Uint8Array>;
  caller: Caller;
}

/** Its answer. A body of bytes is read as fast as it is taken, and closed when nobody takes it any more. */
export interface FileAnswer {
  status: number;
  headers: Record<string, string>;
  body: string | AsyncGenerator<Uint8Array> | null;
}

export type FileDoor = (request: FileRequest) => Promise<FileAnswer>;

/** What stands on every answer: nothing of it is kept, guessed at, or shown as a page. */
const GUARDS = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "content-security-policy": "default-src 'none'; sandbox",
};

/**
 * The way for bytes: `GET /files/<fileId>` with ranges, `PUT /files/<uploadId>?offset=`. Session, roles, rate limits and audit are those of
 * the routes (`Life`); a GET may come with a ticket of `files.getFile` in place of a header.
 */
export function createFileDoor({ life, bytes, newRequestId }: { life: Life; bytes: FileBytes; newRequestId(): string }): FileDoor {
  async function download({ method, id, query, header, caller }: FileRequest): Promise<FileAnswer> {
    const ticket = query.get("ticket");
    // A ticket that is not good is nobody's: the refusal is the same as without one, and recorded.
    const holder = ticket !== null && MedicalFileId.safeParse(id).success ? await bytes.holderOf(ticket, id, caller.clock) : null;
    const who = ticket === null ? caller : { ...caller, token: null, viewer: holder };
    const route = knownRoute("files", "download", fileBytesContract.download, (input, context) =>
      bytes.open(input as { fileId: string }, context),
    );
    const file = (await life.runKnown(route, { fileId: id }, who)) as OpenedFile;
    return answerFile(file, method === "HEAD", rangeOf(header("range"), header("if-range"), file));
  }

  async function upload({ id, query, header, body, caller }: FileRequest): Promise<FileAnswer> {
    const type = header("content-type")?.split(";")[0]?.trim().toLowerCase();
    if (type !== "application/octet-stream") throw new AppError("unsupported-type", "Send application/octet-stream.");
    const told = header("content-length");
    const length = told === undefined ? null : Number(told);
    const given = query.get("offset") ?? "0";
    const route = knownRoute("files", "upload", fileBytesContract.upload, (input, context) =>
      bytes.receive(input as { uploadId: string; offset: number }, { body, length }, context),
    );
    const offset = /^\d{1,16}$/.test(given) ? Number(given) : given;
    const { received } = (await life.runKnown(route, { uploadId: id, offset }, caller)) as { received: number };
    return json(200, { received });
  }

  return async (request) => {
    try {
      if (request.method === "GET" || request.method === "HEAD") return await download(request);
      if (request.method === "PUT") return await upload(request);
      throw new AppError("not-found", "There is nothing here.");
    } catch (error) {
      const known = error instanceof AppError && error.data.requestId ? error : normaliseError(error, newRequestId());
      const { retryAfterMs } = known.data;
      const wait: Record<string, string> = retryAfterMs ? { "retry-after": String(Math.ceil(retryAfterMs / 1000)) } : {};
      const answer = json(known.status, toWire(known));
      return { ...answer, headers: { ...answer.headers, ...wait }, body: request.method === "HEAD" ? null : answer.body };
    }
  };
}

function json(status: number, value: object): FileAnswer {
  return { status, headers: { ...GUARDS, "content-type": "application/json; charset=utf-8" }, body: JSON.stringify(value) };
}

function answerFile(file: OpenedFile, headOnly: boolean, range: Range | "unsatisfiable" | null): FileAnswer {
  const { filename, filetype, filesize } = file;
  const headers = {
    ...GUARDS,
    "content-type": filetype,
    "content-disposition": contentDisposition(filename),
    "accept-ranges": "bytes",
    etag: etagOf(file),
  };
  if (range === "unsatisfiable") return { status: 416, headers: { ...headers, "content-range": `bytes */${filesize}` }, body: null };
  const { from, to } = range ?? { from: 0, to: filesize };
  const about: Record<string, string> = range ? { "content-range": `bytes ${from}-${to - 1}/${filesize}` } : {};
  return {
    status: range ? 206 : 200,
    headers: { ...headers, ...about, "content-length": String(to - from) },
    body: headOnly ? null : file.read(from, to),
  };
}
