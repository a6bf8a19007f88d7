/** The oldest Neo4j that the statements are tried on: the long-term version 5. */
export const WANTED = "5.26";

/** The version in what a server calls itself: `Neo4j/5.26.30`. */
export const readVersion = (agent: string | undefined): string => /^Neo4j\/([\w.-]+)/.exec(agent ?? "")?.[1] ?? "of an unknown version";

/** Whether a version is the wanted one or later; those after 5 are named by their year (2025.01). */
export function suits(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = WANTED.split(".").map(Number);
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}
