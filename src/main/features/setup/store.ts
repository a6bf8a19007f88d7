import countSampleText from "@cypher/setup/count-sample.cypher?raw";
import createClinicText from "@cypher/setup/create-clinic.cypher?raw";
import findClinicText from "@cypher/setup/find-clinic.cypher?raw";
import removeSomeText from "@cypher/setup/remove-some-nodes.cypher?raw";
import type { GraphPort, Params, Reader, Writer } from "@main/data/graph/port.ts";
import { statement } from "@main/data/graph/statement.ts";

const statements = {
  findClinic: statement("setup/find-clinic", findClinicText),
  createClinic: statement("setup/create-clinic", createClinicText),
  removeSome: statement("setup/remove-some-nodes", removeSomeText),
  countSample: statement("setup/count-sample", countSampleText),
};

const BATCH = 2000;

export type FoundClinic = { id: string; name: string; founderId: string | null };

export async function findClinic(reader: Reader): Promise<FoundClinic | null> {
  const [row] = await reader.query<FoundClinic>(statements.findClinic);
  return row ?? null;
}

export async function createClinic(writer: Writer, clinic: Params): Promise<void> {
  await writer.execute(statements.createClinic, { clinic });
}

export type SampleCounts = { departments: number; doctors: number; patients: number; appointments: number };

export async function countSample(graph: GraphPort): Promise<SampleCounts> {
  const [row] = await graph.read((reader) => reader.query<SampleCounts>(statements.countSample));
  return row ?? { departments: 0, doctors: 0, patients: 0, appointments: 0 };
}

/** Empties the graph in batches that each fit a transaction. What a crash leaves, the next call removes. */
export async function removeEverything(graph: GraphPort): Promise<void> {
  for (;;) {
    const [row] = await graph.write((writer) => writer.execute<{ removed: number }>(statements.removeSome, { limit: BATCH }));
    if (!row?.removed) return;
  }
}
