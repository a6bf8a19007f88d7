import type { UserViewer } from "@main/platform/request.ts";
import type { RouteOutput } from "@main/rpc/call.ts";
import type { AppContract } from "@shared/contract/index.ts";
import { type SmallClinic, TEST_PASSWORD } from "../world/clinic-with.ts";
import { openWorld, type World } from "../world/open-world.ts";

/** Patients of the clinic: 14 women, 3 men. */
export const WOMEN = 14;
export const MEN = 3;

/** A clinic with seventeen patients, two researchers and an administrator with a fresh proof. */
export interface ResearchWorld extends World {
  clinic: SmallClinic;
  researcher: UserViewer;
  colleague: UserViewer;
  readonly admin: UserViewer;
  patients: RouteOutput<AppContract["patients"]["register"]>[];
  /** Lets a researcher see identities. */
  grant(researcher: UserViewer, days?: number): Promise<{ expiresAt: string }>;
}

export async function openResearchWorld(): Promise<ResearchWorld> {
  const world = await openWorld();
  const clinic = await world.clinicWith({ roles: ["researcher"] });
  const { researcher } = clinic.users;
  if (!researcher) throw new Error("the clinic has no researcher");
  const second = { username: "researcher2", displayName: "The other researcher", roles: ["researcher" as const], password: TEST_PASSWORD };
  await world.call("staff", "createUser", second, clinic.users.admin);
  const colleague = await world.signIn(second.username, TEST_PASSWORD);
  const patients = [];
  for (let number = 0; number < WOMEN + MEN; number += 1) {
    const sex = number < WOMEN ? ("female" as const) : ("male" as const);
    patients.push(await clinic.registerPatient({ sex, givenName: number === 0 ? "ليلى" : `Given${number}` }));
  }
  const freshAdmin = () => ({ ...clinic.users.admin, reauthenticatedAt: world.clock.now() });
  return {
    ...world,
    ...{ clinic, researcher, colleague, patients },
    get admin() {
      return freshAdmin();
    },
    grant: (viewer, days = 30) =>
      world.call("research", "grantIdentities", { userId: viewer.userId, reason: "Ethics board 17/2026", days }, freshAdmin()),
  };
}

/** Works for minutes in little memory where nothing stops it. */
export const ENDLESS = "UNWIND range(1, 90000) AS a RETURN a, size([x IN range(1, 90000) WHERE x % 7 = a % 7]) AS n";

/** The trail's outcomes of a route, newest first. */
export async function outcomesOf(world: ResearchWorld, action: string) {
  const { items } = await world.call("reports", "auditLog", { action, limit: 50 }, world.admin);
  return items.filter(({ phase }) => phase === "outcome");
}
