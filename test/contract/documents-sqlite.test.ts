import { openSqliteDocuments } from "@main/data/documents/sqlite.ts";
import { documentsContract } from "./documents.contract.ts";

documentsContract({ name: "sqlite", open: (folder, specs, clock) => openSqliteDocuments({ folder, specs, clock }) });
