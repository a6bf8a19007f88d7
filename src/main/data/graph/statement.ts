import type { Statement } from "./port.ts";

/**
 * Makes a statement of the text of a file in `cypher/` (imported with `?raw`). A statement that writes has the line
 * `// writes` among its leading comments. `twin` is a text that answers the same
 * by something that only Neo4j has (`x.neo4j.cypher`).
 */
export function statement(name: string, text: string, twin: { neo4j?: string } = {}): Statement {
  return { name, text, writes: /^\/\/ writes\s*$/m.test(text), ...twin };
}
