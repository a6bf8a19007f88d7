import { createHash } from "node:crypto";
import { writeSync } from "node:fs";
import type { UserViewer } from "../../src/main/platform/request.ts";
import { CHUNK_BYTES } from "../../src/shared/model/file-types.ts";
import { openWorld } from "../world/open-world.ts";
import { pngOf } from "../world/sample-files.ts";

const LANES = 3;

/**
 * Uploads files to a patient, several at a time, until it is killed. Prints `got UPLOAD BYTES` for every chunk that was answered, and
 * `filed FILE SHA256` for every file, which is what must be there afterwards.
 */
export async function main(folder: string, patientId: string, viewer: string, run: string): Promise<void> {
  const world = await openWorld({ folder });
  const call = world.as(JSON.parse(viewer) as UserViewer);
  writeSync(1, "ready\n");
  const lane = async (number: number) => {
    for (let round = 0; ; round += 1) {
      const bytes = pngOf(2 * CHUNK_BYTES + 1000 * number + round + 100);
      const key = `kill-${run}-${number}-${round}`;
      const { uploadId } = await call("files", "beginUpload", { patientId, filename: `${key}.png`, filesize: bytes.length, key });
      for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
        const data = bytes.subarray(at, at + CHUNK_BYTES).toString("base64");
        const { received } = await call("files", "uploadChunk", { uploadId, offset: at, data });
        writeSync(1, `got ${uploadId} ${received} ${key} ${bytes.length}\n`);
      }
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      const { id } = await call("files", "finishUpload", { uploadId, sha256 });
      writeSync(1, `filed ${id} ${sha256} ${uploadId}\n`);
    }
  };
  await Promise.all(Array.from({ length: LANES }, (_, number) => lane(number)));
}
