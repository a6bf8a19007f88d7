import { type SavedQueryDocument, savedQueries, users } from "@main/data/documents/collections.ts";
import { type DocumentPort, DuplicateDocument } from "@main/data/documents/port.ts";
import type { Ids } from "@main/platform/ids.ts";
import { type RequestContext, userOf } from "@main/platform/request.ts";
import type { researchContract } from "@shared/contract/research.ts";
import { AppError, type Input, type Output } from "@shared/define.ts";
import { SavedQueryId } from "@shared/model/ids.ts";
import { mentions } from "./history.ts";
import { boundedParameters } from "./parameters.ts";

type Routes = typeof researchContract;
type SavedQuery = Output<Routes["saveQuery"]>;

/** Saved queries of one researcher. */
const OWN_MAX = 500;

/**
 * Queries that researchers keep, for themselves or shared with all researchers; only the owner changes them. The text is saved as it is:
 * a draft may be unfinished, and the gate looks at it whenever it is run.
 */
export interface SavedQueries {
  list(input: Input<Routes["listSavedQueries"]>, userId: string): Promise<SavedQuery[]>;
  save(input: Input<Routes["saveQuery"]>, context: RequestContext): Promise<SavedQuery>;
  remove(id: string, userId: string): Promise<void>;
}

export function createSavedQueries(documents: DocumentPort, ids: Ids): SavedQueries {
  const saved = documents.collection(savedQueries);
  const accounts = documents.collection(users);

  async function namesOf(userIds: readonly string[]): Promise<Map<string, string>> {
    const found = await accounts.find({ id: { in: [...new Set(userIds)] } });
    return new Map(found.map(({ id, displayName }) => [id, displayName]));
  }

  async function add(query: SavedQueryDocument): Promise<SavedQueryDocument> {
    if ((await saved.count({ ownerId: query.ownerId })) >= OWN_MAX) {
      throw new AppError("conflict", `You have ${OWN_MAX} saved queries: delete one first.`);
    }
    await saved.insert(query);
    return query;
  }

  async function change(id: string, version: number | undefined, patch: Partial<SavedQueryDocument>): Promise<SavedQueryDocument> {
    if (version === undefined) throw new AppError("invalid-input", "Say which version you have read.", { field: "version" });
    if (!(await saved.findOne({ id, ownerId: patch.ownerId }))) throw noSuchQuery();
    const changed = await saved.update(id, { ...patch, version: version + 1 }, { version, ownerId: patch.ownerId });
    if (!changed) throw new AppError("changed-meanwhile", "The query has been changed meanwhile.", { field: "version" });
    return changed;
  }

  return {
    async list({ text = "" }, userId) {
      const [mine, shared] = await Promise.all([saved.find({ ownerId: userId }), saved.find({ shared: true, ownerId: { ne: userId } })]);
      const found = [...mine, ...shared].filter((query) => mentions(`${query.name}\n${query.description}\n${query.cypher}`, text));
      const names = await namesOf(found.map(({ ownerId }) => ownerId));
      return found.map((query) => toView(query, userId, names.get(query.ownerId) ?? "")).toSorted(byName);
    },
    async save({ id, version, name, cypher, description, parameters, shared }, context) {
      const { userId: ownerId, displayName } = userOf(context);
      const content = { ownerId, name, nameKey: nameKey(ownerId, name), cypher, updatedAt: context.clock.now() };
      // What is left out of a new version stays as it was.
      const given = { description, shared, parameters: parameters && JSON.stringify(boundedParameters(parameters)) };
      try {
        const query =
          id === undefined
            ? await add({ id: ids.uuid(), ...content, ...withDefaults(given), version: 1 })
            : await change(id, version, { ...content, ...given });
        return toView(query, ownerId, displayName);
      } catch (error) {
        if (!(error instanceof DuplicateDocument)) throw error;
        throw new AppError("conflict", "You have a saved query of this name already.", { field: "name" });
      }
    },
    async remove(id, userId) {
      if ((await saved.delete({ id, ownerId: userId })) === 0) throw noSuchQuery();
    },
  };
}

type Optional = Pick<SavedQueryDocument, "description" | "parameters" | "shared">;

function withDefaults({
  description = "",
  parameters = "{}",
  shared = false,
}: { [K in keyof Optional]: Optional[K] | undefined }): Optional {
  return { description, parameters, shared };
}

/** Two of one owner may not bear names that differ in case alone. */
function nameKey(ownerId: string, name: string): string {
  return `${ownerId}|${name.normalize("NFC").toLowerCase()}`;
}

function byName(a: SavedQuery, b: SavedQuery): number {
  return a.name.localeCompare(b.name, "en") || (a.id < b.id ? -1 : 1);
}

function toView({ id, ownerId, nameKey: _key, parameters, ...query }: SavedQueryDocument, userId: string, ownerName: string): SavedQuery {
  return { ...query, id: SavedQueryId.parse(id), parameters: JSON.parse(parameters), mine: ownerId === userId, ownerName };
}

/** Another's query is as good as none: nobody learns of it. */
function noSuchQuery(): AppError {
  return new AppError("not-found", "There is no such saved query of yours.", { field: "id" });
}
