import { ownDatabase } from "../servers/given.ts";
import { documentsContract } from "./documents.contract.ts";
import { mongoSettings, openMongoDocuments } from "./mongo-store.ts";

/** A folder of the suite is a database here. */
const databases = new Map<string, string>();

documentsContract({
  name: "MongoDB's wire protocol",
  open(folder, specs, clock) {
    const database = databases.get(folder) ?? ownDatabase();
    databases.set(folder, database);
    return openMongoDocuments(mongoSettings(database), specs, clock);
  },
});
