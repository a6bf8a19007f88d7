import { AppError, ERROR_STATUS, type ErrorCode } from "@shared/define.ts";
import { callRoute, type RouteOutput, toAppError } from "./api.ts";
import { activeToken } from "./device-store.ts";
import { fileDigest } from "./file-digest.ts";
import { pause } from "./reconnect.ts";
import { ConnectionCut, dataOf } from "./remote-error.ts";

type MedicalFile = RouteOutput<"files", "finishUpload">;

export interface UploadOrder {
  file: File;
  patientId: string;
  description?: string | null;
  /** The finding it belongs to. */
  observationId?: string;
  /** The same for every try of this upload: what has arrived is not sent again. */
  key: string;
}

/** How far an upload has come: `share` from 0 to 1 within the step. */
export type UploadProgress = (step: "reading" | "sending" | "filing", share: number) => void;

/** Tries in a row without a byte arriving before an upload is given back to the person. */
const FRUITLESS_TRIES = 6;
const PAUSE_MS = 1_000;

/** Sends a file and files it; goes on where it was cut off, by itself. Throws AppError, or the signal's reason. */
export async function uploadFile(order: UploadOrder, onProgress: UploadProgress, signal: AbortSignal): Promise<MedicalFile> {
  const { file, patientId, description, observationId, key } = order;
  const begin = () =>
    callRoute("files", "beginUpload", { patientId, filename: file.name, filesize: file.size, description, observationId, key }, signal);
  // Before anything is read: a file that is too large or a patient who is not ours should not cost a minute of hashing.
  let begun = await begin();
  if (begun.file) return begun.file;
  const sha256 = await fileDigest(file, (share) => onProgress("reading", share), signal);
  for (let fruitless = 0; begun.received < file.size; ) {
    const before = begun.received;
    try {
      await put(begun.uploadId, file, before, (sent) => onProgress("sending", (before + sent) / file.size), signal);
      break;
    } catch (error) {
      signal.throwIfAborted();
      if (!isPassing(error)) throw error;
      fruitless += 1;
      if (fruitless > FRUITLESS_TRIES) throw error;
      await pause(PAUSE_MS * fruitless, signal);
      begun = await begin().catch((cause: unknown) => {
        if (isPassing(cause)) return begun;
        throw cause;
      });
      if (begun.received > before) fruitless = 0;
    }
  }
  onProgress("filing", 0);
  return callRoute("files", "finishUpload", { uploadId: begun.uploadId, sha256 }, signal);
}

/** What passes by itself: a cut, a store that is restarting, bytes that arrived although the answer did not. */
function isPassing(error: unknown): boolean {
  return ["store-unavailable", "timeout", "upload-incomplete"].includes(toAppError(error).code);
}

/** Sends the bytes from `offset` on as they lie on the disk. */
function put(uploadId: string, file: File, offset: number, onSent: (bytes: number) => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    const settle = (act: () => void) => {
      signal.removeEventListener("abort", abort);
      act();
    };
    request.upload.addEventListener("progress", (event) => onSent(event.loaded));
    request.addEventListener("load", () => settle(() => (request.status === 200 ? resolve() : reject(refusalOf(request.responseText)))));
    request.addEventListener("error", () => settle(() => reject(new ConnectionCut())));
    request.addEventListener("abort", () => settle(() => reject(signal.reason)));
    signal.addEventListener("abort", abort, { once: true });
    request.open("PUT", `/files/${uploadId}?offset=${offset}`);
    request.setRequestHeader("content-type", "application/octet-stream");
    request.setRequestHeader("authorization", `Bearer ${activeToken() ?? ""}`);
    request.send(file.slice(offset));
  });
}

/** The error of an answer that is not the outcome. */
export function refusalOf(body: string): AppError {
  try {
    const { code, message, data } = JSON.parse(body) as { code?: string; message?: string; data?: unknown };
    if (code && Object.hasOwn(ERROR_STATUS, code)) return new AppError(code as ErrorCode, message ?? code, dataOf(data));
  } catch {
    // Not ours: something between us and the host answered.
  }
  return new ConnectionCut();
}
