import { users } from "@main/data/documents/collections.ts";
import type { FilesDeps } from "./needs.ts";
import { listCaringDoctors } from "./store.ts";

/** Tells of a new file: the patient of what the clinic has added, their doctors of what the patient has. Not told is not undone. */
export async function tellOfFile(
  { graph, documents, notifier, log }: FilesDeps,
  file: { id: string; patientId: string; uploaderId: string },
  at: string,
): Promise<void> {
  try {
    const accounts = documents.collection(users);
    const uploader = await accounts.get(file.uploaderId);
    const own = uploader?.externalId === file.patientId;
    const people = own ? await graph.read((reader) => listCaringDoctors(reader, file.patientId)) : [file.patientId];
    const told = await accounts.find({ externalId: { in: people }, status: "active" });
    await notifier.notify(
      told.map(({ id }) => id),
      { kind: "file-added", subjectId: file.id },
      at,
    );
  } catch (error) {
    log.error({ fileId: file.id }, "Nobody was told of a new file.", error);
  }
}
