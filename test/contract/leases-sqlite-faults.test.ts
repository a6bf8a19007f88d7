import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { coordination } from "@main/data/documents/coordination.ts";
import { openSqliteDocuments } from "@main/data/documents/sqlite.ts";
import { leasesContract } from "./leases.contract.ts";

leasesContract({
  name: "sqlite",
  async open() {
    const folder = await mkdtemp(join(tmpdir(), "leases-"));
    const documents = await openSqliteDocuments({ folder, specs: coordination });
    return {
      documents,
      async remove() {
        await documents.close();
        await rm(folder, { recursive: true });
      },
    };
  },
});
