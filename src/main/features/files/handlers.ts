import type { RequestContext } from "@main/platform/request.ts";
import type { filesContract } from "@shared/contract/files.ts";
import type { Handlers } from "@shared/define.ts";
import type { createFileService } from "./file-service.ts";
import type { createLimits } from "./limits.ts";
import type { UploadService } from "./upload-service.ts";

export function filesHandlers(
  uploads: UploadService,
  files: ReturnType<typeof createFileService>,
  limits: ReturnType<typeof createLimits>,
): Handlers<typeof filesContract, RequestContext> {
  return {
    getLimits: () => limits.get(),
    setLimits: (input) => limits.set(input),
    beginUpload: (input, context) => uploads.begin(input, context),
    uploadChunk: (input, context) => uploads.addChunk(input, context),
    finishUpload: (input, context) => uploads.finish(input, context),
    async cancelUpload(input, context) {
      await uploads.cancel(input, context);
      return {};
    },
    listFiles: async (input, context) => ({ items: await files.list(input, context) }),
    getFile: (input, context) => files.get(input, context),
    readChunk: (input, context) => files.readChunk(input, context),
    linkFile: (input, context) => files.link(input, context),
    unlinkFile: (input, context) => files.unlink(input, context),
    deleteFile: (input, context) => files.void(input, context),
  };
}
