import type { Plan } from "neo4j-driver";
import type { PlanStep } from "../../../shared/contract/research.ts";
import { INTERNAL } from "../research/visibility.ts";
import { ResearchRefusal } from "./research-refusal.ts";

/** A direction or `Anti` and its like before an operator, or `(All)` behind it, makes another one that reads no more than it does. */
const READING: readonly string[] = [
  ...["AllNodesScan", "NodeByLabelScan", "UnionNodeByLabelsScan", "IntersectionNodeByLabelsScan", "SubtractionNodeByLabelsScan"],
  ...["NodeByIdSeek", "NodeByElementIdSeek", "NodeCountFromCountStore", "RelationshipCountFromCountStore", "MultiNodeIndexSeek"],
  ...["NodeIndexScan", "NodeIndexSeek", "NodeIndexSeekByRange", "NodeIndexContainsScan", "NodeIndexEndsWithScan"],
  ...["NodeUniqueIndexSeek", "NodeUniqueIndexSeekByRange", "AssertSameNode", "AssertSameRelationship"],
  ...["Directed", "Undirected"].flatMap((direction) =>
    [
      ...["AllRelationshipsScan", "RelationshipTypeScan", "UnionRelationshipTypesScan", "RelationshipByIdSeek"],
      ...["RelationshipByElementIdSeek", "RelationshipIndexScan", "RelationshipIndexSeek", "RelationshipIndexSeekByRange"],
      ...["RelationshipIndexContainsScan", "RelationshipIndexEndsWithScan", "RelationshipUniqueIndexSeek"],
    ].map((scan) => direction + scan),
  ),
  ...["Expand(All)", "Expand(Into)", "OptionalExpand(All)", "OptionalExpand(Into)", "VarLengthExpand(All)", "VarLengthExpand(Into)"],
  ...["VarLengthExpand(Pruning)", "VarLengthExpand(Pruning,BFS)", "VarLengthExpand(Pruning,BFS,All)", "VarLengthExpand(Pruning,BFS,Into)"],
  ...["ShortestPath", "AllShortestPaths", "StatefulShortestPath(All)", "StatefulShortestPath(Into)", "ProjectEndpoints", "Repeat(Trail)"],
  ...["Argument", "Apply", "SemiApply", "AntiSemiApply", "LetSemiApply", "LetAntiSemiApply", "SelectOrSemiApply", "SelectOrAntiSemiApply"],
  ...["LetSelectOrSemiApply", "LetSelectOrAntiSemiApply", "RollUpApply", "ConditionalApply", "AntiConditionalApply", "CartesianProduct"],
  ...["NodeHashJoin", "ValueHashJoin", "LeftOuterHashJoin", "NodeLeftOuterHashJoin", "RightOuterHashJoin", "NodeRightOuterHashJoin"],
  ...["TriadicSelection", "TriadicBuild", "TriadicFilter", "Optional", "Eager", "EmptyRow", "EmptyResult", "Anti", "PreserveOrder"],
  ...["Filter", "Projection", "CacheProperties", "Unwind", "Union", "OrderedUnion", "Distinct", "OrderedDistinct", "Limit", "Skip"],
  ...["EagerAggregation", "OrderedAggregation", "Sort", "PartialSort", "Top", "PartialTop", "Top1WithTies", "ProduceResults"],
];
const OPERATORS: ReadonlySet<string> = new Set(READING);
/** What the operators of some constructs are called in Cypher. */
const NAMES: Readonly<Record<string, string>> = { LoadCSV: "LOAD CSV", ShowTransactions: "SHOW", TerminateTransactions: "TERMINATE" };
/** Procedures that tell what the graph is made of, as in the gate. */
const PROCEDURES: ReadonlySet<string> = new Set(["db.labels", "db.relationshipTypes", "db.propertyKeys"]);
/** What the adapter on Neo4j keeps in the graph beside what `INTERNAL` lists. */
const ADAPTER = ["WriteMark", "FileChunk", "Blob", "HAS_CHUNK"];
const OWN = new RegExp(`:[^()\\[\\]]*\\b(${[...INTERNAL, ...ADAPTER].join("|")})\\b`);
/** Steps that reach nodes without naming what they are. Only so is a part of a file reached: no record of the clinic leads there. */
const UNNAMED = /^(AllNodesScan|NodeBy(Element)?IdSeek|(Und|D)irected(AllRelationshipsScan|RelationshipBy(Element)?IdSeek))$/;
/** The property of a part of a file that holds its bytes; nothing of the clinic has one of that name. */
const BYTES = /\.`?data\b/;
/** A subscript that may be the name of a property: neither a number as it stands nor a slice. Neo4j makes parameters of literals. */
const COMPUTED_NAME = /[\w`)\]}]\[(?!-?\(?(\$autoint_)?\d+\)?\]|[^[\]'"`]*\.\.)/;

/**
 * Refuses a plan unless each of its steps is known to read the clinic's own graph and nothing else, and no expression in it can reach the
 * bytes of files. Holds without the gate, too.
 */
export function refuseUnlessReading(plan: Plan | false, queryType: string, parameters: readonly string[]): void {
  if (plan === false) throw unsupported("a statement without a plan");
  if (queryType === "w" || queryType === "rw") throw new ResearchRefusal({ kind: "writes" });
  if (queryType !== "r") throw unsupported("a command");
  for (const step of stepsOf(plan)) {
    const operator = operatorOf(step);
    const details = detailsOf(step);
    if (operator === "ProcedureCall") {
      const procedure = /^([\w.]+)\(/.exec(details)?.[1] ?? "";
      if (!PROCEDURES.has(procedure)) throw unsupported(`CALL ${procedure}`);
    } else if (!OPERATORS.has(operator)) throw unsupported(NAMES[operator] ?? operator);
    const own = OWN.exec(details)?.[1];
    if (own !== undefined) throw unsupported(own);
  }
  const steps = [...stepsOf(plan)];
  if (steps.some((step) => UNNAMED.test(operatorOf(step)))) refuseBytes(steps.map(detailsOf).join("\n"), parameters);
}

/** Neo4j takes bytes for a list of numbers: whoever can name their property can give them out one by one. */
function refuseBytes(details: string, parameters: readonly string[]): void {
  // `cache[n.data]` is how a plan writes a property that it has read before, unless it is a variable of that name.
  const isVariable = /\bcache\b(?!\[)/.test(details);
  const plain = isVariable ? details : details.replaceAll(/\bcache\[([\w.`]+)\]/g, "$1");
  if (BYTES.test(plain)) throw unsupported("the property data of nodes without a label");
  const isImitated = parameters.some((name) => name.startsWith("autoint_"));
  if (isImitated || COMPUTED_NAME.test(plain)) throw unsupported("a property by a computed name of nodes without a label");
}

/** The plan as a tree of steps. */
export function planStepOf(plan: Plan): PlanStep {
  const rows = plan.arguments["EstimatedRows"];
  const estimated = typeof rows === "number" ? `about ${Math.round(rows).toLocaleString("en")} rows` : "";
  const details = [detailsOf(plan), estimated].filter((part) => part !== "").join(" · ");
  return { operator: operatorOf(plan), details, children: plan.children.map(planStepOf) };
}

/** The same as text, one indented line a step. */
export function planText(step: PlanStep, indent = ""): string {
  const line = `${indent}${step.operator}${step.details === "" ? "" : ` ${step.details.replaceAll("\n", " ")}`}`;
  return [line, ...step.children.map((child) => planText(child, `${indent}  `))].join("\n");
}

function* stepsOf(plan: Plan): Generator<Plan> {
  yield plan;
  for (const child of plan.children) yield* stepsOf(child);
}

/** Behind `@` stands the database. */
const operatorOf = ({ operatorType }: Plan): string => operatorType.replace(/@.*$/, "");
const detailsOf = (plan: Plan): string => String(plan.arguments["Details"] ?? "");
const unsupported = (construct: string) => new ResearchRefusal({ kind: "unsupported", construct });
