import { codes, type UserDocument, users } from "@main/data/documents/collections.ts";
import { DuplicateDocument } from "@main/data/documents/port.ts";
import { hashesOfTypedCode } from "@main/platform/one-time-code.ts";
import { checkNewPassword } from "@main/platform/password-policy.ts";
import type { RequestContext } from "@main/platform/request.ts";
import type { sessionContract } from "@shared/contract/session.ts";
import { AppError, type Input, type Output } from "@shared/define.ts";
import type { SessionDeps } from "./needs.ts";
import { describeDevice } from "./rules.ts";
import type { SignIn } from "./sign-in.ts";
import { clinicNames, findInvitedPatient } from "./store.ts";

type Route = typeof sessionContract.acceptInvitation;

/** Wrong birth dates after which a code is burnt. */
const MAX_WRONG = 5;

/**
 * A patient's way to an account. The account comes first, the code is consumed after it: after a crash between the two the
 * same code, name and password finish what was begun, and a second account for the patient is impossible.
 */
export function createInvitation({ graph, documents, passwords, ids }: SessionDeps, signIn: SignIn) {
  const issued = documents.collection(codes);
  const accounts = documents.collection(users);

  /** Finds the invitation and counts this try before looking at the birth date, so that tries sent at once all count. */
  async function prove(typed: string, birthDate: string, now: string) {
    for (;;) {
      const code = await issued.findOne({ kind: "invitation", codeHash: { in: hashesOfTypedCode(typed) }, expiresAt: { gt: now } });
      if (!code || code.failures >= MAX_WRONG) throw invalidCode();
      if (!(await issued.update(code.id, { failures: code.failures + 1 }, { failures: code.failures }))) continue;
      const patient = await findInvitedPatient(graph, code.subjectId);
      if (patient?.birthDate === birthDate) {
        await issued.update(code.id, { failures: 0 });
        return { code, patient };
      }
      if (code.failures + 1 >= MAX_WRONG) await issued.delete({ id: code.id });
      throw invalidCode();
    }
  }

  async function create(input: Input<Route>, patientId: string, displayName: string, now: string): Promise<UserDocument> {
    const user: UserDocument = {
      id: ids.uuid(),
      username: input.username,
      displayName,
      passwordHash: await passwords.hash(input.password),
      mustChangePassword: false,
      roles: ["patient"],
      externalId: patientId,
      photo: null,
      locale: "en",
      status: "active",
      createdAt: now,
      lastSignInAt: null,
      version: 1,
      sample: false,
    };
    try {
      await accounts.insert(user);
      return user;
    } catch (error) {
      if (!(error instanceof DuplicateDocument)) throw error;
      if (error.field === "username") throw new AppError("username-taken", "This user name is taken.", { field: "username" });
      throw alreadyJoined();
    }
  }

  async function accept(input: Input<Route>, context: RequestContext): Promise<Output<Route>> {
    const now = context.clock.now();
    const { code, patient } = await prove(input.code, input.birthDate, now);
    context.about({ patientId: code.subjectId });
    const existing = await accounts.findOne({ externalId: code.subjectId });
    if (existing && !(await isSame(existing, input))) throw alreadyJoined();
    if (!existing) checkNewPassword(input.password, [input.username, ...(await clinicNames(graph))], "password");
    const displayName = `${patient.givenName} ${patient.familyName}`;
    const user = existing ?? (await create(input, code.subjectId, displayName, now));
    await issued.delete({ id: code.id });
    return signIn.open(user, describeDevice(context.origin), context);
  }

  async function isSame(user: UserDocument, { username, password }: Input<Route>): Promise<boolean> {
    return user.username === username && user.status === "active" && (await passwords.verify(password, user.passwordHash));
  }

  return { accept };
}

export function invalidCode(): AppError {
  return new AppError("invalid-code", "The code is wrong or no longer valid.", { field: "code" });
}

function alreadyJoined(): AppError {
  return new AppError("conflict", "This patient already has an account.");
}
