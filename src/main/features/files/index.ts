import type { FileBytes } from "@main/platform/file-bytes.ts";
import type { RequestContext } from "@main/platform/request.ts";
import type { filesContract } from "@shared/contract/files.ts";
import type { Handlers } from "@shared/define.ts";
import { type ChartFiles, createChartFiles } from "./chart-files.ts";
import { createFileService } from "./file-service.ts";
import { createFinishing } from "./finish-service.ts";
import { filesHandlers } from "./handlers.ts";
import { createLimits } from "./limits.ts";
import type { FilesDeps } from "./needs.ts";
import { createReceiving } from "./receiving.ts";
import { createSweep } from "./sweep.ts";
import { createTickets } from "./tickets.ts";
import { createUploadService } from "./upload-service.ts";
import { createUploads } from "./uploads.ts";

export interface Files {
  handlers: Handlers<typeof filesContract, RequestContext>;
  /** Bytes past the routes' envelope. */
  bytes: FileBytes;
  /** For the features that show or make files. */
  chart: ChartFiles;
  /** Finishes what a crash left between the stores, and begins to remove the rest. Call it once at the start, before anybody is served. */
  recover(): Promise<void>;
  /** What is done every hour: expired uploads, orphaned bytes, and voided files that are due to be purged. */
  sweep(): Promise<void>;
  close(): Promise<void>;
}

/** The files feature: uploads, medical files and their bytes. */
export function createFiles(deps: FilesDeps): Files {
  const limits = createLimits(deps.documents);
  const uploads = createUploads(deps);
  const finishing = createFinishing(deps, uploads, limits);
  const service = createUploadService(deps, uploads, limits, finishing);
  const tickets = createTickets(deps.ids, deps.isAlive);
  const files = createFileService(deps, tickets);
  const { recover, sweep, close } = createSweep(deps, uploads, limits, finishing);
  return {
    handlers: filesHandlers(service, files, limits),
    bytes: { open: files.open, receive: createReceiving(service, uploads), holderOf: tickets.holderOf },
    chart: createChartFiles(service),
    ...{ recover, sweep, close },
  };
}
