import type { GraphPicture } from "@shared/contract/research.ts";
import { NEVER, type Person, type ResearchBed } from "./research-clinic.ts";

/** Ways to get at an identity that somebody might try: each must answer the same whoever the patient is. */
export const SNEAKY: readonly string[] = [
  "MATCH (p:Patient) RETURN p AS p",
  "MATCH (p:Patient) RETURN p.givenName AS a, p.familyName AS b, p.phone AS c, p.email AS d, p.nationalId AS e, p.address AS f",
  "MATCH (p:Patient) RETURN properties(p) AS all",
  "MATCH (p:Patient) RETURN keys(p) AS names",
  "MATCH (p:Patient) UNWIND keys(p) AS k RETURN k AS k, p[k] AS v",
  "MATCH (p:Patient) RETURN p[$k] AS v",
  "MATCH (p:Patient) RETURN p['given' + 'Name'] AS v",
  "MATCH (p:Patient) RETURN p{.*} AS m",
  "MATCH (p:Patient) RETURN p{.givenName, .phone, other: p.email} AS m",
  "MATCH (p:Patient) RETURN toString(p.phone) AS v",
  "MATCH (p:Patient) RETURN toUpper(p.givenName) AS v, reverse(p.familyName) AS w",
  "MATCH (p:Patient) RETURN substring(p.givenName, 0, 1) AS v, left(p.phone, 3) AS w, right(p.phone, 3) AS x",
  "MATCH (p:Patient) RETURN split(p.email, '@') AS v",
  "MATCH (p:Patient) RETURN replace(p.givenName, 'Z', '') AS v, trim(p.familyName) AS w",
  "MATCH (p:Patient) RETURN collect(p.givenName) AS v",
  "MATCH (p:Patient) RETURN collect(p) AS v",
  "MATCH (p:Patient) WITH collect(p.phone) AS l RETURN reduce(s = '', x IN l | s + x) AS v",
  "MATCH (p:Patient) RETURN [x IN [p.givenName, p.phone] | x + '!'] AS v",
  "MATCH (p:Patient) RETURN size(p.givenName) AS v",
  "MATCH (p:Patient) RETURN size(p.searchKey) AS v, size(p.sortKey) AS w",
  "MATCH (p:Patient) WHERE p.givenName STARTS WITH 'Z' RETURN p.id AS id",
  "MATCH (p:Patient) WHERE p.givenName ENDS WITH 'h' RETURN count(*) AS n",
  "MATCH (p:Patient) WHERE p.familyName CONTAINS 'asim' RETURN count(*) AS n",
  "MATCH (p:Patient) WHERE p.givenName =~ 'Z.*' RETURN count(*) AS n",
  "MATCH (p:Patient) WHERE p.phone = '+962795551234' RETURN p AS p",
  "MATCH (p:Patient) WHERE p.givenName > 'M' RETURN p.id AS id",
  "MATCH (p:Patient) WHERE p.givenName < 'X' AND p.givenName > 'V' RETURN count(*) AS n",
  "MATCH (p:Patient {nationalId: '9871112223'}) RETURN p AS p",
  "MATCH (p:Patient {phoneKey: '962795551234'}) RETURN p AS p",
  "MATCH (p:Patient) WHERE p.nationalId IS NOT NULL RETURN count(*) AS n",
  "MATCH (p:Patient) RETURN p.id AS id ORDER BY p.givenName",
  "MATCH (p:Patient) RETURN p.id AS id ORDER BY p.familyName DESC LIMIT 1",
  "MATCH (p:Patient) RETURN min(p.givenName) AS v, max(p.phone) AS w",
  "MATCH (p:Patient) RETURN p.givenName AS g, count(*) AS n",
  "MATCH (p:Patient) RETURN DISTINCT p.email AS v",
  "MATCH (p:Patient) RETURN CASE WHEN p.givenName = 'Zubaydah' THEN 'yes' ELSE 'no' END AS v",
  "MATCH (p:Patient) RETURN CASE p.givenName WHEN 'Zubaydah' THEN 1 ELSE 0 END AS v",
  "MATCH (p:Patient) RETURN coalesce(p.givenName, p.familyName, p.phone, 'nothing') AS v",
  "MATCH (p:Patient) RETURN p.givenName IN ['Zubaydah', 'Wolfgang'] AS v",
  "MATCH (p:Patient) RETURN p.birthDate AS v",
  "MATCH (p:Patient) WHERE p.birthDate < '1997-06-01' RETURN p.id AS id",
  "MATCH (p:Patient) WHERE p.birthDate = '1997-04-23' RETURN p.id AS id",
  "MATCH (p:Patient) RETURN substring(p.birthDate, 5) AS v",
  "MATCH (p:Patient) RETURN p.id AS id, id(p) AS n, elementId(p) AS e",
  "MATCH (p:Patient) WHERE p.id STARTS WITH 'P0' RETURN p.id AS id",
  "MATCH (e:Encounter) RETURN e.patientId AS p, e.reason AS r, e.key AS k, e AS e",
  "MATCH (e:Encounter), (p:Patient {id: e.patientId}) RETURN e.id AS e, p.id AS p, p AS q",
  "MATCH (a:Appointment) RETURN a AS a, a.reason AS r, a.code AS c, a.codeKey AS k, a.bookedBy AS b",
  "MATCH (o:Observation) RETURN o AS o, o.text AS t, o.recordedBy AS b",
  "MATCH (n:Note) RETURN n AS n, n.complaint AS c, n.examination AS x, n.plan AS p",
  "MATCH (f:MedicalFile) RETURN f AS f, f.filename AS n, f.description AS d",
  "MATCH (:Patient)-[r:ALLERGIC_TO]->(s) RETURN r AS r, properties(r) AS p, r.reaction AS x",
  "MATCH (:Patient)-[r:HAS_CONDITION]->(c) RETURN r AS r, keys(r) AS k",
  "MATCH (s:Slot) RETURN s AS s, s.key AS k",
  "MATCH (n) RETURN n AS n",
  "MATCH (n) UNWIND keys(n) AS k RETURN labels(n) AS l, k AS k, toString(n[k]) AS v",
  "MATCH x = (n)-[r]->(m) RETURN x AS x",
  "MATCH x = (p:Patient)-[*1..4]-(m) RETURN nodes(x) AS n, relationships(x) AS r LIMIT 200",
  "MATCH (n) WHERE any(k IN keys(n) WHERE toString(n[k]) CONTAINS 'Zubaydah') RETURN count(n) AS n",
  "MATCH (n) WHERE any(k IN keys(n) WHERE toString(n[k]) CONTAINS 'landlord') RETURN labels(n) AS l",
  "MATCH (c:Clinic) RETURN c AS c, c.phone AS p, c.founderId AS f",
  "MATCH (c:Counter) RETURN c AS c",
  "MATCH (p:Patient) RETURN 1 / size(p.givenName) AS v",
  "MATCH (p:Patient) RETURN toInteger(p.nationalId) % 7 AS v, toInteger(p.phoneKey) AS w",
  "MATCH (p:Patient) RETURN [k IN keys(p) | k + toString(p[k])] AS v",
  "MATCH (p:Patient) WITH p.givenName AS g WHERE g IS NOT NULL RETURN g AS g",
  "MATCH (a:Patient), (b:Patient) WHERE a.familyName < b.familyName RETURN a.id AS a, b.id AS b",
  "MATCH (p:Patient) RETURN exists { MATCH (p) WHERE p.givenName = 'Zubaydah' } AS v, COUNT { MATCH (p) WHERE p.phone CONTAINS '555' } AS n",
  "MATCH (p:Patient) RETURN p.secret + 1 AS v, p.givenName + 1 AS w, -p.givenName AS x",
];

/** Everything that a researcher can be shown of a graph, as text, query by query. */
export async function shown({ run, engine }: ResearchBed, masked = true): Promise<Map<string, string>> {
  const answers = new Map<string, string>();
  for (const cypher of SNEAKY) {
    const tried = await run(cypher, { masked, parameters: { k: "givenName" } }).then(
      ({ columns, rows, graph, capped }) => ({ columns, rows, graph, capped }),
      (error: { code: string; message: string; data: unknown }) => ({ code: error.code, message: error.message, data: error.data }),
    );
    answers.set(cypher, JSON.stringify(tried));
    const { plan, text } = await engine
      .explain(cypher, { k: "givenName" }, masked, NEVER)
      .catch((error: Error) => ({ plan: null, text: error.message }));
    answers.set(`explain ${cypher}`, JSON.stringify({ plan, text }));
  }
  const { graph } = await run("MATCH (n) RETURN n AS n", { masked });
  const pictures: GraphPicture[] = [];
  for (const { id } of graph.nodes) pictures.push(await engine.expand(id, [], 100, masked, NEVER));
  answers.set("expand", JSON.stringify(pictures));
  answers.set("schema", JSON.stringify(await engine.schema(masked, false)));
  return answers;
}

/** What must not come out: each value whole, and its parts in any case or order. */
export function secretsOf({ said, ...person }: Person): string[] {
  const parts = Object.values(person).flatMap((value) => [
    value,
    value.replace(/^\+/, ""),
    ...value.split(/[ @.]/).filter((part) => part.length > 4),
  ]);
  const values = [...new Set([...parts, said])];
  return values.flatMap((value) => [value.toLowerCase(), [...value.toLowerCase()].reverse().join("")]);
}
