const times = (count: number, text: string) => text.repeat(count);
const list = (count: number, text: (index: number) => string, between: string) =>
  Array.from({ length: count }, (_, i) => text(i)).join(between);

/** Texts that cost the parser or the engine too much, on either engine. */
export const BOMBS: Readonly<Record<string, readonly string[]>> = {
  "bombs for the parser": [
    `RETURN ${times(46, "(")}1${times(46, ")")}`,
    `RETURN ${times(9_000, "(")}1`,
    `RETURN ${times(9_000, "[")}`,
    `RETURN ${times(5_000, "{a:")}`,
    `RETURN ${times(40, "[n IN ")}n${times(40, "]")}`,
    `RETURN ${times(13, "[n IN ")}n${times(13, "]")}`,
    `RETURN ${times(40, "all(x IN ")}n${times(40, " WHERE x)")}`,
    `RETURN ${times(16, "CASE WHEN true THEN ")}1${times(16, " END")}`,
    `RETURN ${times(600, "CASE x.end WHEN ")}`,
    `MATCH ${times(46, "(")}n${times(46, ")")} RETURN n`,
    `RETURN ${times(4_000, "NOT ")}true`,
    `RETURN ${times(9_000, "- ")}1`,
    `RETURN ${times(6_000, "1,")}1`,
    `RETURN 1 ${times(9_000, "/**/")}`,
    `RETURN '${times(20_000, "a")}'`,
    `MATCH (n) WHERE ${times(46, "EXISTS { MATCH (n) WHERE ")}true${times(46, " }")} RETURN n`,
    `${times(46, "CALL { ")}RETURN 1 AS x${times(46, " } RETURN x")}`,
  ],
  "bombs for the engine": [
    `RETURN ${list(520, () => "1", " < ")}`,
    `RETURN ${list(60, () => "1", " = ")}`,
    `RETURN ${list(60, () => "1", " + ")}`,
    `RETURN ${list(60, () => "'a'", " || ")}`,
    `RETURN ${list(60, () => "2", " ^ ")}`,
    `WITH {a: 1} AS m RETURN m${times(60, ".a")}`,
    `WITH [1] AS l RETURN l${times(60, "[0]")}`,
    `WITH 1 AS x ${times(80, "WITH x ")}RETURN x`,
    `${list(80, (i) => `MATCH (n${i})`, " ")} RETURN 1`,
    list(80, () => "RETURN 1 AS x", " UNION "),
    `MATCH (n) WHERE ${list(600, (i) => `n.x = ${i}`, " OR ")} RETURN n`,
    `RETURN [${list(1_500, String, ", ")}]`,
    "MATCH (a)-[:R]->+(b) RETURN b",
    "MATCH (a)-[:R]->*(b) RETURN b",
    "MATCH ((a)-[:R]->(b)){2,} RETURN b",
  ],
};

/** Refused on the embedded engine alone: they end its process. */
export const HOSTILE_EMBEDDED: readonly string[] = [
  "RETURN range(1, 9223372036854775807) AS x",
  "UNWIND range(0, 100000000) AS x RETURN count(x) AS c",
  "RETURN size(range(100000000, 0, -1)) AS x",
  "RETURN reduce(a = [], x IN range(1, 5000) | [a])[0] AS x",
  "RETURN reduce(a = 0, x IN range(1, 9000) | {k: a}) AS x",
  "RETURN reduce(a = [], x IN range(1, 5000) | [1] + [[a]]) AS x",
];

/** Look like trouble and are none: they must run. */
export const HARMLESS: readonly string[] = [
  "MATCH (n) RETURN n LIMIT 10",
  "MATCH (n) RETURN count(n)",
  "MATCH (p:Patient) RETURN p.id, p.region",
  "MATCH (n) RETURN n;",
  " \n MATCH (n)\r\nRETURN n // the end",
  "match (n) return n limit 1",
  "MATCH (`create`) RETURN `create`.`set` AS `delete`",
  "MATCH (n:`MERGE`) RETURN n",
  "RETURN 'CREATE (n)' AS text",
  'RETURN "MATCH (n) DETACH DELETE n" AS text',
  "RETURN 'it\\'s; DROP INDEX x' AS text",
  "RETURN '// no comment' AS text, '/* neither */' AS other",
  "RETURN 1 AS x // CREATE (n)",
  "/* CREATE (n) */ RETURN 1 AS x /* SET n.x = 1 */",
  "RETURN '\\u0041\\u0645' AS text",
  "RETURN 'مريض' AS `اسم`",
  "MATCH (created:Patient) RETURN created.setup AS offset",
  "MATCH (n) WHERE n.description CONTAINS 'SHOW USERS' RETURN n.id AS id",
  "MATCH (n) WHERE n.createdAt >= $since RETURN count(*) AS c",
  "MATCH (n) CALL (n) { MATCH (n)-->(m) RETURN count(m) AS c } RETURN n.id AS id, c",
  "MATCH (n) WHERE EXISTS { (n)-->(:Patient) } RETURN n.id AS id",
  "MATCH (n) RETURN n.id AS id, COUNT { (n)--() } AS c",
  "CALL db.labels() YIELD label RETURN label",
  "CALL db.relationshipTypes()",
  "RETURN 1 AS x UNION RETURN 2 AS x",
  "MATCH p = shortestPath((a:Doctor)-[*..6]-(b:Patient)) RETURN p LIMIT 1",
  "MATCH (a)-[r*1..3]->(b) RETURN [x IN r | type(x)] AS types",
  `RETURN ${times(40, "[")}1${times(40, "]")} AS nested`,
  `MATCH (n) WHERE ${list(200, (i) => `n.id = 'P${i}'`, " OR ")} RETURN n.id AS id`,
];
