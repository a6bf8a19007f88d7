import { researchGrants, users } from "@main/data/documents/collections.ts";
import type { DocumentPort } from "@main/data/documents/port.ts";
import { shift } from "@main/platform/clock.ts";
import { type RequestContext, userOf } from "@main/platform/request.ts";
import type { researchContract } from "@shared/contract/research.ts";
import { AppError, type Input, type Output } from "@shared/define.ts";
import { UserId } from "@shared/model/ids.ts";

type Routes = typeof researchContract;

const DAY_SECONDS = 24 * 60 * 60;

/** Who may see identities, until when, and who allowed it. */
export interface Grants {
  /** Whether this researcher may see identities at that instant. */
  holds(userId: string, now: string): Promise<boolean>;
  list(now: string): Promise<Output<Routes["listGrants"]>["items"]>;
  /** For an active researcher; a grant that exists is replaced. */
  give(input: Input<Routes["grantIdentities"]>, context: RequestContext): Promise<{ expiresAt: string }>;
  take(userId: string): Promise<void>;
}

export function createGrants(documents: DocumentPort): Grants {
  const grants = documents.collection(researchGrants);
  const accounts = documents.collection(users);

  async function accountOf(userId: string) {
    const user = await accounts.get(userId);
    if (!user) throw new AppError("not-found", "There is no such account.", { field: "userId" });
    return user;
  }

  return {
    async holds(userId, now) {
      const grant = await grants.get(userId);
      return grant !== null && grant.expiresAt > now;
    },
    async list(now) {
      const inForce = await grants.find({ expiresAt: { gt: now } }, { sort: { expiresAt: "asc" } });
      const people = [...new Set(inForce.flatMap(({ id, grantedBy }) => [id, grantedBy]))];
      const named = new Map((await accounts.find({ id: { in: people } })).map(({ id, displayName }) => [id, displayName]));
      return inForce.map(({ id, grantedBy, ...grant }) => ({
        ...grant,
        userId: UserId.parse(id),
        displayName: named.get(id) ?? "",
        grantedBy: named.get(grantedBy) ?? "",
      }));
    },
    async give({ userId, reason, days }, context) {
      const { status, roles } = await accountOf(userId);
      if (status !== "active" || !roles.includes("researcher")) {
        throw new AppError("conflict", "Only an active account of a researcher can be allowed to see identities.", { field: "userId" });
      }
      const grantedAt = context.clock.now();
      const expiresAt = shift(grantedAt, days * DAY_SECONDS);
      await grants.put({ id: userId, grantedBy: userOf(context).userId, reason, grantedAt, expiresAt });
      return { expiresAt };
    },
    async take(userId) {
      await accountOf(userId);
      await grants.delete({ id: userId });
    },
  };
}
