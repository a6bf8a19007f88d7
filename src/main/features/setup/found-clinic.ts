import { settings, type UserDocument, users } from "@main/data/documents/collections.ts";
import { nextId } from "@main/data/graph/next-id.ts";
import type { Clock } from "@main/platform/clock.ts";
import type { setupContract } from "@shared/contract/setup.ts";
import { AppError, type Input } from "@shared/define.ts";
import type { SetupDeps } from "./needs.ts";
import { createClinic, findClinic } from "./store.ts";

/** Marks a founding that has begun: the account may be there, the clinic not yet. */
const FOUNDING = "founding";

export type Particulars = Omit<Input<typeof setupContract.createClinic>, "admin">;

/**
 * Founds the clinic: the first administrator's account, then the clinic's node. The marker before both tells a later
 * start what to finish or remove, since the two stores have no transaction together.
 */
export function createFounding({ graph, documents, ids }: Pick<SetupDeps, "graph" | "documents" | "ids">) {
  const accounts = documents.collection(users);
  const markers = documents.collection(settings);

  /** Finishes or removes what a crash or a lost store left half-done. */
  async function sweep(): Promise<void> {
    const marker = await markers.get(FOUNDING);
    if (!marker) return;
    const founderId = String(marker.value.founderId);
    const clinic = await graph.read(findClinic);
    if (clinic?.founderId !== founderId) await accounts.delete({ id: founderId });
    await markers.delete({ id: FOUNDING });
  }

  async function found(clinic: Particulars, founder: UserDocument, clock: Clock): Promise<string> {
    await sweep();
    if (await graph.read(findClinic)) throw alreadySetUp();
    await markers.put({ id: FOUNDING, value: { founderId: founder.id } });
    try {
      await accounts.insert(founder);
      const id = await writeClinic(clinic, founder.id, clock.now());
      await markers.delete({ id: FOUNDING });
      return id;
    } catch (error) {
      // A store that is away now is swept at the next start or the next try.
      await sweep().catch(() => undefined);
      const standing = await graph.read(findClinic).catch(() => null);
      if (standing?.founderId === founder.id) return standing.id;
      throw error;
    }
  }

  function writeClinic({ country, ...clinic }: Particulars, founderId: string, createdAt: string): Promise<string> {
    return graph.write(async (writer) => {
      // The counter is the lock: whoever comes second finds the clinic of the first.
      const id = await nextId(writer, "Clinic");
      if (await findClinic(writer)) throw alreadySetUp();
      await createClinic(writer, { ...clinic, country: country ?? null, id, founderId, createdAt, version: 1 });
      return id;
    });
  }

  /** The first administrator's account. */
  function founder(account: Pick<UserDocument, "username" | "displayName" | "passwordHash" | "locale">, at: string): UserDocument {
    return {
      ...account,
      ...{ id: ids.uuid(), roles: ["admin"], externalId: null, photo: null, mustChangePassword: false },
      ...{ status: "active", createdAt: at, lastSignInAt: null, version: 1, sample: false },
    };
  }

  return { found, founder, sweep };
}

export function alreadySetUp(): AppError {
  return new AppError("already-set-up", "A clinic exists here already.");
}
