import { z } from "zod";
import { command, query } from "../define.ts";
import { QueryId, SavedQueryId, UserId } from "../model/ids.ts";
import { CYPHER_MAX, PAGE_ROWS_MAX, RESULT_ROWS_MAX } from "../model/research-limits.ts";
import { line, prose, Reason, Version } from "../model/text.ts";
import { Instant } from "../model/time.ts";

const RESEARCH = ["researcher"] as const;
const REFUSALS = ["not-read-only", "syntax", "unsupported-construct", "cancelled"] as const;

/** A value in a result: JSON, with `{ node }`, `{ edge }` or `{ path }` where the graph's own things are returned. */
const Cell = z.json();
const Cypher = prose(CYPHER_MAX).refine((text) => text.trim().length > 0, "is empty");
/** Parameters by name, without the `$`. */
export const Parameters = z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,63}$/, "is no parameter name"), z.json());

export const GraphNode = z.object({
  /** The engine's own id, good within one snapshot. */
  id: z.string(),
  labels: z.array(z.string()),
  properties: z.record(z.string(), Cell),
});
export const GraphEdge = z.object({
  id: z.string(),
  type: z.string(),
  from: z.string(),
  to: z.string(),
  properties: z.record(z.string(), Cell),
});
export const GraphPicture = z.object({ nodes: z.array(GraphNode), edges: z.array(GraphEdge) });
export type GraphNode = z.infer<typeof GraphNode>;
export type GraphEdge = z.infer<typeof GraphEdge>;
export type GraphPicture = z.infer<typeof GraphPicture>;

export const RunResult = z.object({
  queryId: QueryId,
  columns: z.array(z.string()),
  /** The first `limit` rows, each with one cell a column. */
  rows: z.array(z.array(Cell)),
  /** Nodes and edges among the rows, at most 5,000 nodes. */
  graph: GraphPicture,
  /** True when the graph has more nodes than are shown. */
  graphTruncated: z.boolean(),
  /** Rows that are kept for `readRows` and `exportResult`. */
  rowCount: z.int(),
  /** True when the query has more rows than `rows` holds. */
  truncated: z.boolean(),
  /** True when the query had more rows or bytes than a result may have; what is beyond is not kept. */
  capped: z.boolean(),
  durationMs: z.number(),
  /** What masking and engine answered it. */
  masked: z.boolean(),
  snapshotAt: Instant.nullable(),
});
export type RunResult = z.infer<typeof RunResult>;

const SavedQuery = z.object({
  id: SavedQueryId,
  name: z.string(),
  description: z.string(),
  cypher: z.string(),
  parameters: Parameters,
  shared: z.boolean(),
  mine: z.boolean(),
  ownerName: z.string(),
  updatedAt: Instant,
  version: Version,
});
/** How a property may be seen: as it is, as a pseudonym, only its year, or not at all. */
export const Visibility = z.enum(["plain", "pseudonym", "year", "hidden"]);
const PropertyInfo = z.object({ name: z.string(), type: z.string(), visibility: Visibility });

/** A parameter of a card, with the form field it asks for. */
export const CardParameter = z.object({
  name: z.string(),
  kind: z.enum(["text", "integer", "day", "choice"]),
  label: z.object({ en: z.string(), ar: z.string() }),
  choices: z.array(z.string()).optional(),
  value: z.json(),
});
const Card = z.object({
  id: z.string(),
  title: z.object({ en: z.string(), ar: z.string() }),
  /** What it answers and how it is built, for a newcomer. */
  about: z.object({ en: z.string(), ar: z.string() }),
  cypher: z.string(),
  parameters: z.array(CardParameter),
  /** What shows the answer best. */
  view: z.enum(["table", "graph", "both"]),
});
export type Card = z.infer<typeof Card>;

/** A step of a plan with what feeds it. */
export interface PlanStep {
  operator: string;
  details: string;
  children: PlanStep[];
}
const PlanStep: z.ZodType<PlanStep> = z.lazy(() => z.object({ operator: z.string(), details: z.string(), children: z.array(PlanStep) }));

const runInput = {
  /** Rows to answer at once; the others follow with `readRows`. 1,000 when left out. */
  limit: z.int().min(1).max(PAGE_ROWS_MAX).optional(),
  /** Made by the client so that it can cancel. */
  queryId: QueryId.optional(),
};

export const researchContract = {
  getSchema: query({
    summary: "Labels, relationship types and properties with their counts, what is masked, the engine, and the limits",
    allow: RESEARCH,
    audit: true,
    input: z.object({ refresh: z.boolean().optional() }),
    output: z.object({
      engine: z.object({ name: z.enum(["embedded", "neo4j"]), version: z.string() }),
      /** When the snapshot that answers was taken; null where queries run on the live graph. */
      snapshotAt: Instant.nullable(),
      masked: z.boolean(),
      labels: z.array(z.object({ name: z.string(), count: z.int(), properties: z.array(PropertyInfo) })),
      relationships: z.array(
        z.object({
          type: z.string(),
          count: z.int(),
          from: z.array(z.string()),
          to: z.array(z.string()),
          properties: z.array(PropertyInfo),
        }),
      ),
      functions: z.array(z.string()),
      procedures: z.array(z.string()),
      limits: z.object({ timeoutMs: z.int(), memoryBytes: z.int(), rows: z.int(), nodes: z.int(), cypherLength: z.int() }),
    }),
  }),
  run: query({
    summary: "Run one reading Cypher statement",
    allow: RESEARCH,
    audit: true,
    why: "cypher",
    perMinute: 120,
    errors: REFUSALS,
    input: z.object({ cypher: Cypher, parameters: Parameters.optional(), ...runInput }),
    output: RunResult,
  }),
  readRows: query({
    summary: "More rows of a result of mine, while it is kept (ten minutes)",
    allow: RESEARCH,
    perMinute: 6000,
    input: z.object({ queryId: QueryId, offset: z.int().min(0).max(RESULT_ROWS_MAX), limit: z.int().min(1).max(PAGE_ROWS_MAX) }),
    output: z.object({ rows: z.array(z.array(Cell)), rowCount: z.int() }),
  }),
  cancel: query({
    summary: "Stop a query of mine; it ends within a second",
    allow: RESEARCH,
    audit: true,
    input: z.object({ queryId: QueryId }),
    output: z.object({ cancelled: z.boolean() }),
  }),
  explain: query({
    summary: "The plan of a statement, without running it",
    allow: RESEARCH,
    audit: true,
    why: "cypher",
    errors: REFUSALS,
    input: z.object({ cypher: Cypher, parameters: Parameters.optional() }),
    output: z.object({ plan: PlanStep, text: z.string() }),
  }),
  expand: query({
    summary: "The neighbours of a node of the picture, at most `limit`",
    allow: RESEARCH,
    audit: true,
    input: z.object({
      nodeId: z.string().max(60),
      /** Nodes already in the picture: edges to them are answered too. */
      among: z.array(z.string().max(60)).max(5000).optional(),
      limit: z.int().min(1).max(500).optional(),
    }),
    output: GraphPicture.extend({ truncated: z.boolean() }),
  }),
  listHistory: query({
    summary: "My runs, newest first, also those that were refused",
    allow: RESEARCH,
    input: z.object({ text: z.string().max(100).optional(), before: Instant.optional(), limit: z.int().min(1).max(200).optional() }),
    output: z.object({
      items: z.array(
        z.object({
          queryId: QueryId,
          cypher: z.string(),
          parameters: Parameters,
          at: Instant,
          outcome: z.enum(["ok", "refused", "failed", "cancelled"]),
          /** The error's code where it is not ok. */
          code: z.string().nullable(),
          construct: z.string().nullable(),
          rows: z.int().nullable(),
          durationMs: z.number().nullable(),
        }),
      ),
    }),
  }),
  listSavedQueries: query({
    summary: "My saved queries and those shared with all researchers, by name",
    allow: RESEARCH,
    input: z.object({ text: z.string().max(100).optional() }),
    output: z.object({ items: z.array(SavedQuery) }),
  }),
  saveQuery: command({
    summary: "Save a query, or a new version of one of mine",
    allow: RESEARCH,
    input: z.object({
      id: SavedQueryId.optional(),
      version: Version.optional(),
      name: line(120),
      description: prose(1000).optional(),
      cypher: Cypher,
      parameters: Parameters.optional(),
      shared: z.boolean().optional(),
    }),
    output: SavedQuery,
  }),
  deleteSavedQuery: command({
    summary: "Delete a saved query of mine",
    allow: RESEARCH,
    input: z.object({ id: SavedQueryId }),
    output: z.object({}),
  }),
  listCards: query({
    summary: "Worked examples with parameters, for a newcomer",
    allow: RESEARCH,
    input: z.object({}),
    output: z.object({ items: z.array(Card) }),
  }),
  runCard: query({
    summary: "Run a card with its parameters",
    allow: RESEARCH,
    audit: true,
    perMinute: 120,
    errors: REFUSALS,
    input: z.object({ cardId: z.string().max(60), parameters: Parameters.optional(), ...runInput }),
    output: RunResult,
  }),
  exportResult: query({
    summary: "A kept result as CSV, JSON or NDJSON, in parts: ask again from nextOffset",
    allow: RESEARCH,
    audit: true,
    perMinute: 1200,
    input: z.object({
      queryId: QueryId,
      format: z.enum(["csv", "json", "ndjson"]),
      offset: z.int().min(0).max(RESULT_ROWS_MAX).optional(),
    }),
    output: z.object({
      filename: z.string(),
      mediaType: z.string(),
      content: z.string(),
      rows: z.int(),
      /** Cells of this part that say `<11` in place of a number: groups smaller than 11 are suppressed in shared results. */
      suppressed: z.int(),
      nextOffset: z.int().nullable(),
    }),
  }),
  listGrants: query({
    summary: "Researchers who may see identities, and who allowed it",
    allow: ["admin"],
    input: z.object({}),
    output: z.object({
      items: z.array(
        z.object({
          userId: UserId,
          displayName: z.string(),
          grantedBy: z.string(),
          reason: z.string(),
          grantedAt: Instant,
          expiresAt: Instant,
        }),
      ),
    }),
  }),
  grantIdentities: command({
    summary: "Let a researcher see names, birth dates, phones and ids, for at most 90 days",
    allow: ["admin"],
    fresh: true,
    why: "reason",
    input: z.object({ userId: UserId, reason: Reason, days: z.int().min(1).max(90) }),
    output: z.object({ expiresAt: Instant }),
  }),
  revokeIdentities: command({
    summary: "A researcher sees identities no more",
    allow: ["admin"],
    input: z.object({ userId: UserId }),
    output: z.object({}),
  }),
};
