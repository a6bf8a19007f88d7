import { coordination } from "@main/data/documents/coordination.ts";
import { mongoDocuments } from "@main/data/documents/mongo-documents.ts";
import { systemClock } from "@main/platform/clock.ts";
import { leasesContract } from "./leases.contract.ts";
import { mongoUnderTest } from "./mongo-under-test.ts";

leasesContract({
  name: "MongoDB",
  async open() {
    const mongo = await mongoUnderTest();
    const documents = mongoDocuments({ server: await mongo.connect(), specs: coordination, clock: systemClock });
    await documents.prepare();
    return {
      documents,
      async remove() {
        await documents.close();
        await mongo.end();
      },
    };
  },
});
