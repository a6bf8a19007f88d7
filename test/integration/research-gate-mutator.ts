/** Small seeded random numbers: the same seed makes the same texts. */
export function createRandom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const TOKEN = /\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/|[\p{L}_][\p{L}\p{N}_]*|`[^`]*`|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|\d+|./gsu;
const SPACES = [
  " ",
  "\t",
  "\n",
  "\r\n",
  "\r",
  "\u00a0",
  "\u2003",
  "\u2028",
  "\u3000",
  "\u0085",
  "\v",
  "\f",
  "\u200b",
  "/**/",
  "/* */",
  "// x\n",
  "// x\r",
];

const CLAUSES = [
  ...["CREATE (:Evil)", "MERGE (:Evil {x: 1})", "SET n.x = 1", "REMOVE n.name", "DELETE n", "DETACH DELETE n", "CREATE (a)-[:EVIL]->(b)"],
  ...["FOREACH (x IN [1] | CREATE (:Evil))", "CALL { CREATE (:Evil) }", "CALL { MATCH (n) RETURN n } IN TRANSACTIONS", "INSERT (:Evil)"],
  ...["EXPLAIN", "PROFILE", "CYPHER 5", "USE system", "SHOW USERS", "DROP INDEX x", "CREATE INDEX FOR (n:A) ON (n.b)", "FINISH"],
  ...["; CREATE (:Evil)", "; MATCH (n) DELETE n", "UNION CREATE (n:Evil) RETURN n", "RETURN 1 AS x", "WITH *", "MATCH (n)", "WHERE true"],
  ...[
    "CALL db.labels()",
    "CALL dbms.components()",
    "CALL grafeo.procedures()",
    "RETURN apoc.version()",
    "\\u0043REATE (:Evil)",
    "'\\u0027 CREATE (:Evil) //'",
  ],
];

export interface Mutator {
  next(): string;
}

/** Texts made of others: parts left out, doubled, swapped, taken from elsewhere; clauses, comments and odd spaces put in; cases turned. */
export function createMutator(seed: number, sources: readonly string[], injected: readonly string[]): Mutator {
  const random = createRandom(seed);
  const tokens = sources.map((source) => source.match(TOKEN) ?? []);
  const clauses = [...CLAUSES, ...injected];
  const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T;
  const steps: ((parts: string[]) => void)[] = [
    (parts) => parts.splice(random(parts.length), 1),
    (parts) => parts.splice(random(parts.length), 1 + random(4)),
    (parts) => parts.splice(random(parts.length), 0, pick(parts)),
    (parts) => {
      const [a, b] = [random(parts.length), random(parts.length)];
      [parts[a], parts[b]] = [parts[b] ?? "", parts[a] ?? ""];
    },
    (parts) => {
      const other = pick(tokens);
      const from = random(other.length + 1);
      parts.splice(random(parts.length + 1), random(3), ...other.slice(from, from + 1 + random(12)));
    },
    (parts) => parts.splice(random(parts.length + 1), 0, " ", pick(clauses), " "),
    (parts) => parts.push(pick([" ", "\n", ";", "//", "/*"]), pick(clauses)),
    (parts) => {
      const at = random(parts.length);
      const part = parts[at] ?? "";
      parts[at] = pick([part.toUpperCase(), part.toLowerCase(), `\`${part}\``, `'${part}'`, [...part].reverse().join("")]);
    },
    (parts) => parts.splice(random(parts.length + 1), 0, pick(SPACES)),
    (parts) => parts.forEach((part, at) => /^\s+$/.test(part) && random(3) === 0 && (parts[at] = pick(SPACES))),
  ];
  return {
    next() {
      const parts = [...pick(tokens)];
      for (let step = 1 + random(2); step > 0 && parts.length > 0; step -= 1) pick(steps)(parts);
      return parts.join("");
    },
  };
}
