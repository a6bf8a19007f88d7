import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqliteBlobs } from "@main/data/blobs/sqlite-blobs.ts";
import { coordination } from "@main/data/documents/coordination.ts";
import { mongoDocuments } from "@main/data/documents/mongo-documents.ts";
import { systemClock } from "@main/platform/clock.ts";
import { mongoUnderTest } from "./mongo-under-test.ts";
import { sharedSecretsContract } from "./secrets-shared.contract.ts";

sharedSecretsContract({
  name: "MongoDB",
  async open() {
    const mongo = await mongoUnderTest();
    const folder = await mkdtemp(join(tmpdir(), "secrets-"));
    const documents = mongoDocuments({ server: await mongo.connect(), specs: coordination, clock: systemClock });
    await documents.prepare();
    const blobs = await openSqliteBlobs({ folder, clock: systemClock });
    return {
      ...{ documents, blobs },
      async remove() {
        await Promise.all([documents.close(), blobs.close()]);
        await mongo.end();
        await rm(folder, { recursive: true });
      },
    };
  },
});
