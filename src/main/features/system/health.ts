import countNodesText from "@cypher/system/count-nodes.cypher?raw";
import { devices, sessions, uploads, users } from "@main/data/documents/collections.ts";
import { statement } from "@main/data/graph/statement.ts";
import type { systemContract } from "@shared/contract/system.ts";
import type { Output } from "@shared/define.ts";
import type { SystemDeps } from "./needs.ts";

const countNodes = statement("system/count-nodes", countNodesText);

/** How the stores are, for the administrator. A store that is away is told as down, never as an error. */
export function createHealth({ graph, documents, blobs, secrets, facts, version, dataFolder, diskFreeBytes }: SystemDeps) {
  async function nodeCounts(): Promise<Record<string, number>> {
    const [row] = await graph.read((reader) => reader.query<Record<string, number>>(countNodes));
    return row ?? {};
  }

  async function documentCounts(): Promise<Record<string, number>> {
    const [accounts, open, paired, arriving] = await Promise.all([
      documents.collection(users).count({}),
      documents.collection(sessions).count({}),
      documents.collection(devices).count({ status: "paired" }),
      documents.collection(uploads).count({ state: "receiving" }),
    ]);
    return { users: accounts, sessions: open, devices: paired, uploads: arriving };
  }

  /** This one is always among them, also while the others cannot be asked. */
  async function workstations(now: string): Promise<Output<typeof systemContract.getHealth>["workstations"]> {
    if (!facts.self) return [];
    const others = await facts.workstations().catch(() => []);
    const known = others.filter(({ id }) => id !== facts.self?.id).map((other) => ({ ...other, self: false }));
    return [{ ...facts.self, version, seenAt: now, self: true }, ...known];
  }

  return async (now: string): Promise<Output<typeof systemContract.getHealth>> => {
    const [graphHealth, documentHealth, files, free] = await Promise.all([
      graph.health(),
      documents.health(),
      blobs.health(),
      diskFreeBytes(),
    ]);
    const stores = { graph: graphHealth.state, documents: documentHealth.state };
    const [nodes, kept] = await Promise.all([stores.graph === "up" ? nodeCounts() : {}, stores.documents === "up" ? documentCounts() : {}]);
    return {
      status: stores.graph === "up" && stores.documents === "up" ? "ok" : "degraded",
      version,
      mode: facts.mode,
      stores,
      engines: { graph: graphHealth.engine, documents: documentHealth.engine },
      dataFolder,
      diskFreeBytes: free,
      files: { ...files, keptBy: secrets.kind, keyPlace: secrets.place },
      counts: { nodes: graphHealth.nodes, ...nodes, ...kept },
      uptimeSeconds: Math.round(process.uptime()),
      features: [...facts.features()],
      workstations: await workstations(now),
    };
  };
}
