import { createHash, randomUUID } from "node:crypto";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { UserViewer, Viewer } from "@main/platform/request.ts";
import type { RouteOutput } from "@main/rpc/call.ts";
import type { AppContract } from "@shared/contract/index.ts";
import { CHUNK_BYTES } from "@shared/model/file-types.ts";
import { clinicWith, type SmallClinic, TEST_PASSWORD } from "../world/clinic-with.ts";
import { openWorld, type World, type WorldOptions } from "../world/open-world.ts";

export type File = RouteOutput<AppContract["files"]["finishUpload"]>;
/** What doctor, nurse and reception have chosen. */
export const OWN_PASSWORD = "spring lamp orchard eight";
type SignedIn = UserViewer & { token: string };

export const sha = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
export const newKey = (): string => randomUUID();

export interface Sent {
  patientId: string;
  bytes: Buffer;
  filename?: string;
  description?: string;
  observationId?: string;
  key?: string;
}

/** A patient with an account in the care of the clinic's first doctor, and a finding of theirs. */
export interface Cared {
  patientId: string;
  viewer: SignedIn;
  encounterId: string;
  observationId: string;
  /** Ends the visit that the finding is of. */
  complete(): Promise<void>;
}

export interface FilesWorld extends World {
  clinic: SmallClinic;
  /** Makes a patient whom no other test has. */
  patient(): Promise<Cared>;
  /** Sends a file whole through the routes. */
  upload(viewer: Viewer, sent: Sent): Promise<File>;
  /** What lies in the stores of files: their counts tell whether something was left behind. */
  left(): Promise<{ uploads: number; blobs: number; files: number }>;
}

/** A small clinic with real sessions, for what files do. */
export async function openFilesWorld(options: WorldOptions = {}): Promise<FilesWorld> {
  const world = await openWorld(options);
  const clinic = await clinicWith(world);
  // A password that somebody else chose opens nothing over the transports.
  for (const username of ["doctor", "nurse", "reception"] as const) {
    const change = { currentPassword: TEST_PASSWORD, newPassword: OWN_PASSWORD };
    await world.call("session", "changePassword", change, clinic.users[username]);
    clinic.users[username] = await world.signIn(username, OWN_PASSWORD);
  }
  const { doctor, reception } = clinic.users;

  async function patient(): Promise<Cared> {
    const { id: patientId, birthDate } = await clinic.registerPatient();
    const { code } = await world.call("patients", "issueInvitation", { patientId }, reception);
    const username = patientId.toLowerCase();
    await world.call("session", "acceptInvitation", { code, birthDate, username, password: TEST_PASSWORD }, null);
    const viewer = await world.signIn(username, TEST_PASSWORD);
    const as = world.as(doctor);
    // A visit without an appointment needs a way in: a doctor who starts it by break-glass has the care edge from then on.
    await as("patients", "breakGlass", { patientId, reason: "the test's own patient" });
    const { id: encounterId, version } = await as("encounters", "startEncounter", { patientId, key: newKey() });
    const finding = { encounterId, kind: "finding" as const, text: "cough", key: newKey() };
    const { id: observationId } = await as("encounters", "recordObservation", finding);
    return {
      ...{ patientId, viewer, encounterId, observationId },
      complete: async () => void (await as("encounters", "completeEncounter", { encounterId, version })),
    };
  }

  async function upload(viewer: Viewer, { bytes, filename = "file", key = newKey(), ...more }: Sent): Promise<File> {
    const as = world.as(viewer);
    const { uploadId } = await as("files", "beginUpload", { filename, filesize: bytes.length, key, ...more });
    for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
      await as("files", "uploadChunk", { uploadId, offset: at, data: bytes.subarray(at, at + CHUNK_BYTES).toString("base64") });
    }
    return as("files", "finishUpload", { uploadId, sha256: sha(bytes) });
  }

  return {
    ...world,
    clinic,
    patient,
    upload,
    async left() {
      const { counts } = await world.call("system", "getHealth", {}, clinic.users.admin);
      return { uploads: counts.uploads ?? 0, blobs: countBlobs(world.folder), files: counts.medicalFiles ?? 0 };
    },
  };
}

/** Blobs on the disk, but for the one that names the key. */
export function countBlobs(folder: string): number {
  const db = new DatabaseSync(join(folder, "blobs.sqlite"), { readOnly: true });
  try {
    const { blobs } = db.prepare("SELECT count(*) AS blobs FROM blobs WHERE id <> '!key'").get() as { blobs: number };
    return blobs;
  } finally {
    db.close();
  }
}
