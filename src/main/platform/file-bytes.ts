import type { FileType } from "@shared/model/file-types.ts";
import type { Clock } from "./clock.ts";
import type { RequestContext, Viewer } from "./request.ts";

/** A file that this caller may read. */
export interface OpenedFile {
  /** As it is saved to disk: with the extension of its content. */
  filename: string;
  filetype: FileType;
  /** Bytes. */
  filesize: number;
  sha256: string;
  /** The bytes from `from` up to, not with, `to`, one chunk in memory at a time. */
  read(from: number, to: number): AsyncGenerator<Uint8Array>;
}

/** Bytes on their way from an uploader. */
export interface IncomingBytes {
  body: AsyncIterable<Uint8Array>;
  /** How many there will be, where the sender says so; counted, not believed. */
  length: number | null;
}

/** Bytes of files past the routes' envelope: the files feature answers, the transports carry. */
export interface FileBytes {
  /** Throws `not-found`, or what CareAccess throws. */
  open(input: { fileId: string }, context: RequestContext): Promise<OpenedFile>;
  /** Takes what comes, from `offset` on; answers how much of the upload is there. What had arrived of a transfer that breaks off stays. */
  receive(input: { uploadId: string; offset: number }, incoming: IncomingBytes, context: RequestContext): Promise<{ received: number }>;
  /** Whose ticket for this file it is; null for nobody's, an old one, and once the session has ended. */
  holderOf(ticket: string, fileId: string, clock: Clock): Promise<Viewer | null>;
}
