import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqliteBlobs } from "@main/data/blobs/sqlite-blobs.ts";
import { coordination } from "@main/data/documents/coordination.ts";
import { openSqliteDocuments } from "@main/data/documents/sqlite.ts";
import { systemClock } from "@main/platform/clock.ts";
import { sharedSecretsContract } from "./secrets-shared.contract.ts";

sharedSecretsContract({
  name: "sqlite",
  async open() {
    const folder = await mkdtemp(join(tmpdir(), "secrets-"));
    const documents = await openSqliteDocuments({ folder, specs: coordination });
    const blobs = await openSqliteBlobs({ folder, clock: systemClock });
    return {
      ...{ documents, blobs },
      async remove() {
        await Promise.all([documents.close(), blobs.close()]);
        await rm(folder, { recursive: true });
      },
    };
  },
});
