import { codes, type UserDocument, users } from "@main/data/documents/collections.ts";
import { DuplicateDocument } from "@main/data/documents/port.ts";
import { shift } from "@main/platform/clock.ts";
import { sha256 } from "@main/platform/ids.ts";
import { checkNewPassword } from "@main/platform/password-policy.ts";
import { type RequestContext, userOf } from "@main/platform/request.ts";
import type { staffContract } from "@shared/contract/staff.ts";
import { AppError, type Input } from "@shared/define.ts";
import type { StaffDeps } from "./needs.ts";
import { isActiveAdmin, linkedLabel, refusePatientRole } from "./rules.ts";
import { clinicNames, nodeExists } from "./store.ts";

type Routes = typeof staffContract;

const RESET_CODE_SECONDS = 24 * 60 * 60;
const RESET_CODE_GROUPS = 3;

/** Changes of accounts by an administrator. Each names the version it read; what it takes away ends the account's sessions. */
export function createAccounts({ graph, documents, passwords, ids, leases, sessions }: StaffDeps) {
  const accounts = documents.collection(users);
  const issued = documents.collection(codes);
  // One change of the administrators' circle at a time, on all workstations: two who remove each other cannot leave the clinic without one.
  const oneAtATime = <T>(work: () => Promise<T>) => leases.hold("administrators", work);

  async function atVersion(userId: string, version?: number): Promise<UserDocument> {
    const user = await accounts.get(userId);
    if (!user) throw new AppError("not-found", "There is no such account.", { field: "userId" });
    if (version !== undefined && user.version !== version) throw changedMeanwhile();
    return user;
  }

  async function change(user: UserDocument, patch: Partial<UserDocument>): Promise<UserDocument> {
    try {
      const changed = await accounts.update(user.id, { ...patch, version: user.version + 1 }, { version: user.version });
      if (!changed) throw changedMeanwhile();
      return changed;
    } catch (error) {
      throw error instanceof DuplicateDocument ? takenError(error) : error;
    }
  }

  async function keepAnAdmin(target: UserDocument, context: RequestContext): Promise<void> {
    if (!isActiveAdmin(target)) return;
    if (userOf(context).userId === target.id) {
      throw new AppError("conflict", "You cannot take the administrator's rights from yourself.", { field: "userId" });
    }
    const others = (await accounts.find({ status: "active" })).filter((user) => isActiveAdmin(user) && user.id !== target.id);
    if (others.length === 0) throw new AppError("conflict", "The clinic needs an administrator.", { field: "userId" });
  }

  async function checkLink(externalId: string, user: Pick<UserDocument, "id" | "roles">): Promise<void> {
    const label = linkedLabel(externalId, user.roles);
    if (!(await nodeExists(graph, label, externalId))) {
      throw new AppError("not-found", `There is no such ${label.toLowerCase()}.`, { field: "externalId" });
    }
    const holder = await accounts.findOne({ externalId });
    if (holder && holder.id !== user.id) throw linkTaken();
  }

  return {
    async create(input: Input<Routes["createUser"]>, context: RequestContext): Promise<UserDocument> {
      const { username, displayName, roles, password, externalId = null, locale = "en" } = input;
      refusePatientRole(roles);
      checkNewPassword(password, [username, ...(await clinicNames(graph))], "password");
      const id = ids.uuid();
      if (externalId !== null) await checkLink(externalId, { id, roles });
      if (await accounts.findOne({ username })) throw usernameTaken();
      const user: UserDocument = {
        ...{ id, username, displayName, roles, externalId, locale, version: 1, sample: false },
        ...{ passwordHash: await passwords.hash(password), mustChangePassword: true, photo: null },
        ...{ status: "active", createdAt: context.clock.now(), lastSignInAt: null },
      };
      try {
        await accounts.insert(user);
      } catch (error) {
        throw error instanceof DuplicateDocument ? takenError(error) : error;
      }
      return user;
    },

    async update({ userId, version, displayName, locale }: Input<Routes["updateUser"]>): Promise<UserDocument> {
      return change(await atVersion(userId, version), { displayName, locale });
    },

    setRoles({ userId, version, roles }: Input<Routes["setRoles"]>, context: RequestContext): Promise<UserDocument> {
      return oneAtATime(async () => {
        const user = await atVersion(userId, version);
        refusePatientRole(roles, user.roles);
        if (!roles.includes("admin")) await keepAnAdmin(user, context);
        const changed = await change(user, { roles });
        await sessions.endSessionsOf(userId, "roles-changed");
        return changed;
      });
    },

    setActive({ userId, version, active = false }: Input<Routes["deactivateUser"]>, context: RequestContext): Promise<UserDocument> {
      return oneAtATime(async () => {
        const user = await atVersion(userId, version);
        if (!active && userOf(context).userId === userId) {
          throw new AppError("conflict", "You cannot deactivate your own account.", { field: "userId" });
        }
        if (!active) await keepAnAdmin(user, context);
        const changed = await change(user, { status: active ? "active" : "deactivated" });
        if (!active) {
          await issued.delete({ kind: "password-reset", subjectId: userId });
          await sessions.endSessionsOf(userId, "deactivated");
        }
        return changed;
      });
    },

    /** The earlier code of the account is no longer good. The password itself stays until the new one is set. */
    async giveResetCode(userId: string, context: RequestContext): Promise<{ code: string; expiresAt: string }> {
      const user = await atVersion(userId);
      if (user.status !== "active") throw new AppError("conflict", "The account is deactivated.", { field: "userId" });
      const createdAt = context.clock.now();
      const expiresAt = shift(createdAt, RESET_CODE_SECONDS);
      const code = ids.phrase(RESET_CODE_GROUPS);
      await issued.delete({ kind: "password-reset", subjectId: userId });
      const entry = { id: ids.uuid(), codeHash: sha256(code), subjectId: userId, createdAt, expiresAt, failures: 0 };
      await issued.insert({ kind: "password-reset", ...entry });
      return { code, expiresAt };
    },

    async link({ userId, version, externalId }: Input<Routes["linkUser"]>): Promise<UserDocument> {
      const user = await atVersion(userId, version);
      if (externalId !== null) await checkLink(externalId, user);
      const changed = await change(user, { externalId });
      // What an open session may see hangs on the link: it has to be opened anew.
      if (changed.externalId !== user.externalId) await sessions.endSessionsOf(userId, "roles-changed");
      return changed;
    },

    async setPhoto(photo: string | null, context: RequestContext): Promise<boolean> {
      for (;;) {
        const user = await atVersion(userOf(context).userId);
        if (await accounts.update(user.id, { photo, version: user.version + 1 }, { version: user.version })) return photo !== null;
      }
    },
  };
}

function changedMeanwhile(): AppError {
  return new AppError("changed-meanwhile", "The account has been changed meanwhile.", { field: "version" });
}

function usernameTaken(): AppError {
  return new AppError("username-taken", "This user name is taken.", { field: "username" });
}

function linkTaken(): AppError {
  return new AppError("conflict", "Another account is linked to this already.", { field: "externalId" });
}

function takenError({ field }: DuplicateDocument): AppError {
  return field === "externalId" ? linkTaken() : usernameTaken();
}
