import type { Statement } from "./port.ts";

/**
 * Makes a statement of the text of a file in `cypher/` (imported with `?raw`). A statement that writes has the line
 * `// writes` among its leading comments.
 */
export function statement(name: string, text: string): Statement {
  return { name, text, writes: /^\/\/ writes\s*$/m.test(text) };
}
