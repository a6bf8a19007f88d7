import { join } from "node:path";
import { encryptedBlobs } from "@main/data/blobs/encrypted.ts";
import { openSqliteBlobs } from "@main/data/blobs/sqlite-blobs.ts";
import { fileSecrets } from "@main/platform/file-secrets.ts";
import { blobsContract } from "./blobs.contract.ts";

blobsContract({ name: "sqlite", open: (folder, clock) => openSqliteBlobs({ folder, clock }) });
blobsContract({
  name: "sqlite, encrypted",
  open: async (folder, clock) => encryptedBlobs(await openSqliteBlobs({ folder, clock }), fileSecrets(join(folder, "keys"))),
});
