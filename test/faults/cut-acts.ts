import { randomUUID } from "node:crypto";
import type { UserViewer } from "@main/platform/request.ts";
import { sha } from "../integration/files-world.ts";
import type { World } from "../world/open-world.ts";
import { png } from "../world/sample-files.ts";
import { codeOf } from "./as-client.ts";

/** Something that a person does, each time anew, and what a client sends again when it was cut off. */
export interface Act {
  name: string;
  /** Makes ready what has to be there; answers the call itself, which is sent again with the same key. */
  begin(run: number): (again: boolean) => Promise<unknown>;
  /** What must hold in the end, whatever was cut. */
  end?(): Promise<void>;
}

const FIRST_DAY = Date.parse("2026-03-04T05:00:00.000Z");
const SLOTS_A_DAY = 32;
const QUARTER_MS = 900_000;
const DAY_MS = 86_400_000;

export interface ClinicOfActs {
  admin: UserViewer;
  acts: Record<"booking" | "registration" | "message" | "observation" | "note" | "file", Act>;
}

/** A small clinic, and what its people do in it. */
export async function clinicOfActs(world: World): Promise<ClinicOfActs> {
  const clinic = await world.clinicWith();
  const { doctor, nurse, reception } = clinic.users;
  const { id: patientId } = await clinic.registerPatient();
  const asDoctor = world.as(doctor);
  await asDoctor("patients", "breakGlass", { patientId, reason: "the test's own patient" });
  const { id: encounterId } = await asDoctor("encounters", "startEncounter", { patientId, key: randomUUID() });
  const { id: conversationId } = await asDoctor("messaging", "openConversation", { userId: nurse.userId });
  const acts: ClinicOfActs["acts"] = {
    booking: {
      name: "a booking",
      begin(run) {
        const at = FIRST_DAY + Math.floor(run / SLOTS_A_DAY) * DAY_MS + (run % SLOTS_A_DAY) * QUARTER_MS;
        const slot = { patientId, doctorId: clinic.doctor.id, startsAt: new Date(at).toISOString(), key: randomUUID() };
        return () => world.call("scheduling", "bookAppointment", slot, reception);
      },
    },
    registration: {
      name: "a registration",
      begin(run) {
        const birthDate = new Date(Date.UTC(1960, 0, 1) + run * DAY_MS).toISOString().slice(0, 10);
        const person = { givenName: `Given ${randomUUID()}`, familyName: `Family ${randomUUID()}`, birthDate, sex: "female" as const };
        // A registration has no key: who was cut off asks without insisting, and is told that the person is there already.
        return (again) =>
          world.call("patients", "register", { ...person, confirmNotDuplicate: !again }, reception).catch((error: unknown) => {
            if (!again || codeOf(error) !== "possible-duplicate") throw error;
          });
      },
    },
    message: {
      name: "a message",
      begin(run) {
        const text = { conversationId, text: `text ${run}`, clientId: randomUUID() };
        return () => asDoctor("messaging", "sendText", text);
      },
      async end() {
        const seqs: number[] = [];
        for (let more = true; more; ) {
          const page = await asDoctor("messaging", "listMessages", { conversationId, after: seqs.length, limit: 200 });
          seqs.push(...page.items.map(({ seq }) => seq));
          more = page.hasLater;
        }
        const gap = seqs.findIndex((seq, at) => seq !== at + 1);
        if (gap >= 0) throw new Error(`message ${gap + 1} has the number ${seqs[gap]}`);
      },
    },
    observation: {
      name: "a finding",
      begin(run) {
        const finding = { encounterId, kind: "finding", text: `finding ${run}`, key: randomUUID() };
        return () => asDoctor("encounters", "recordObservation", finding);
      },
    },
    note: {
      name: "a note",
      begin(run) {
        const note = { encounterId, sections: { complaint: `pain ${run}`, examination: "", plan: "rest" }, key: randomUUID() };
        return () => asDoctor("encounters", "writeNote", note);
      },
    },
    file: {
      name: "a file",
      begin() {
        const bytes = png({ fill: 200 });
        const file = { patientId, filename: "scan.png", filesize: bytes.length, key: randomUUID() };
        return async () => {
          const { uploadId, received, file: filed } = await asDoctor("files", "beginUpload", file);
          if (filed) return;
          if (received < bytes.length) {
            await asDoctor("files", "uploadChunk", { uploadId, offset: received, data: bytes.subarray(received).toString("base64") });
          }
          await asDoctor("files", "finishUpload", { uploadId, sha256: sha(bytes) });
        };
      },
    },
  };
  return { admin: clinic.users.admin, acts };
}
