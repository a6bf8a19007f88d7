import type { ResearchEngine } from "@main/data/research/port.ts";
import { type RequestContext, userOf } from "@main/platform/request.ts";
import type { researchContract } from "@shared/contract/research.ts";
import type { Input, Output } from "@shared/define.ts";
import { CYPHER_MAX, PICTURE_NODES_MAX, QUERY_MEMORY_BYTES, QUERY_TIMEOUT_MS, RESULT_ROWS_MAX } from "@shared/model/research-limits.ts";
import type { Admit } from "./admission.ts";
import type { Grants } from "./grants.ts";
import type { ResearchDeps } from "./needs.ts";
import { boundedParameters, parametersOrNull } from "./parameters.ts";

type Routes = typeof researchContract;

const USUAL_NEIGHBOURS = 100;
const LIMITS = {
  timeoutMs: QUERY_TIMEOUT_MS,
  memoryBytes: QUERY_MEMORY_BYTES,
  rows: RESULT_ROWS_MAX,
  nodes: PICTURE_NODES_MAX,
  cypherLength: CYPHER_MAX,
};

export interface ExploreDeps {
  engine: ResearchEngine;
  admit: Admit;
  grants: Grants;
  /** What the gate lets a query call. */
  functions: readonly string[];
  procedures: readonly string[];
  visibilityOf: ResearchDeps["visibilityOf"];
}

/** What there is to ask for: the schema, the plan of a statement, and the neighbours of a node. */
export function createExplore({ engine, admit, grants, functions, procedures, visibilityOf }: ExploreDeps) {
  const isMasked = async (context: RequestContext) => !(await grants.holds(userOf(context).userId, context.clock.now()));
  const seen = (owner: string, properties: readonly { name: string; type: string }[]) =>
    properties.map((property) => ({ ...property, visibility: visibilityOf(owner, property.name) }));

  return {
    async getSchema({ refresh = false }: Input<Routes["getSchema"]>, context: RequestContext): Promise<Output<Routes["getSchema"]>> {
      const masked = await isMasked(context);
      const { engine: answering, snapshotAt, labels, relationships } = await engine.schema(masked, refresh);
      return {
        ...{ engine: answering, snapshotAt, masked, limits: LIMITS, functions: [...functions], procedures: [...procedures] },
        labels: labels.map((label) => ({ ...label, properties: seen(label.name, label.properties) })),
        relationships: relationships.map((relationship) => ({
          ...relationship,
          properties: seen(relationship.type, relationship.properties),
        })),
      };
    },
    async explain({ cypher, parameters = {} }: Input<Routes["explain"]>, context: RequestContext): Promise<Output<Routes["explain"]>> {
      const given = boundedParameters(parameters);
      const masked = await isMasked(context);
      const accepted = await admit(cypher, masked);
      return engine.explain(cypher, parametersOrNull(accepted.parameters, given), masked, context.signal);
    },
    async expand(input: Input<Routes["expand"]>, context: RequestContext): Promise<Output<Routes["expand"]>> {
      const { nodeId, among = [], limit = USUAL_NEIGHBOURS } = input;
      const masked = await isMasked(context);
      if (!masked) context.about({ identities: "shown" });
      return engine.expand(nodeId, among, limit, masked, context.signal);
    },
  };
}
