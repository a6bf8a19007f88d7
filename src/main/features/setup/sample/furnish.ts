import type { UserDocument } from "@main/data/documents/collections.ts";
import type { UserViewer } from "@main/platform/request.ts";
import { patientAccount, viewerOf } from "./accounts.ts";
import { haveConversations } from "./conversations.ts";
import type { LivedVisit, Stage } from "./history.ts";
import { filePapers } from "./papers.ts";
import type { PlannedPatient } from "./people.ts";
import type { Random } from "./random.ts";
import type { PlannedVisit } from "./visits.ts";

/** Patients of the account `doctor` who have an account of their own, beside Layla Haddad. */
const WITH_ACCOUNT = 4;
const ADULT = 18;

export interface Furnished {
  stage: Stage;
  random: Random;
  patients: readonly PlannedPatient[];
  patientIds: readonly string[];
  visits: readonly PlannedVisit[];
  lived: readonly LivedVisit[];
  /** Layla Haddad's account. */
  layla: UserViewer;
  /** A new account's id, the hash of the sample's password, and since when it exists. */
  account: { uuid(): string; passwordHash: string; since: string };
  addAccount(account: UserDocument): Promise<void>;
}

/** What a clinic has beside visits: files with their findings, patients with accounts, and conversations. */
export async function furnish(clinic: Furnished): Promise<void> {
  const { stage, random, patients, patientIds, lived, layla } = clinic;
  const names = new Map(patientIds.map((id, index) => [id, nameOf(patients[index])]));
  await filePapers(stage.act, random, lived, { nameOf: (id) => names.get(id) ?? "", laylaId: patientIds[0] ?? "" });
  const [doctor, colleague] = stage.doctors;
  if (!doctor || !colleague) return;
  const others = await openAccounts(clinic);
  await haveConversations({
    ...{ act: stage.act, random, now: stage.now, doctor: doctor.viewer, colleague: colleague.viewer },
    ...{ patients: [layla, ...others], reception: stage.reception },
  });
}

/** Accounts for grown-ups who have been with the first doctor; the first of them writes Arabic, as the conversation does. */
async function openAccounts({ patients, patientIds, visits, account, addAccount }: Furnished): Promise<UserViewer[]> {
  const seen = new Set(visits.filter(({ doctor, status }) => doctor === 0 && status === "completed").map(({ patient }) => patient));
  const adults = [...seen].filter((index) => index > 0 && (patients[index]?.age ?? 0) >= ADULT).sort((a, b) => a - b);
  const arabic = adults.filter((index) => /\p{Script=Arabic}/u.test(nameOf(patients[index])));
  const latin = adults.filter((index) => !arabic.includes(index));
  const chosen = [...arabic.slice(0, 1), ...latin.slice(0, WITH_ACCOUNT - Math.min(1, arabic.length))];
  const viewers: UserViewer[] = [];
  for (const index of chosen) {
    const externalId = patientIds[index] ?? "";
    const person = { username: externalId.toLowerCase(), displayName: nameOf(patients[index]), externalId };
    const document = patientAccount(account, person);
    await addAccount(document);
    viewers.push(viewerOf(document));
  }
  return viewers;
}

function nameOf(patient: PlannedPatient | undefined): string {
  return patient ? `${patient.particulars.givenName} ${patient.particulars.familyName}` : "";
}
