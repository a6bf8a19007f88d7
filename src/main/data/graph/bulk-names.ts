import { AppError } from "../../../shared/define.ts";
import { INTERNAL, NODES, RELATIONSHIPS } from "../research/visibility.ts";

/** The steps of the schema: every store takes them itself, so they do not move. */
const SCHEMA_LABEL = "SchemaMigration";
/** What an adapter keeps in the graph for itself: bytes of files and marks of its writes. */
const ADAPTER_LABELS = ["Blob", "FileChunk", "WriteMark"] as const;

/** Every node of a move has this label until it is finished, and its name in the other store as this property. */
export const IMPORTED = "Imported";
export const IMPORT_REF = "importRef";

/** Labels whose nodes are in no export, count or digest. */
export const LEFT_OUT: readonly string[] = [SCHEMA_LABEL, ...ADAPTER_LABELS];

const LABELS: ReadonlySet<string> = new Set([...Object.keys(NODES), ...INTERNAL].filter((name) => name !== SCHEMA_LABEL));
const TYPES: ReadonlySet<string> = new Set([...Object.keys(RELATIONSHIPS), ...INTERNAL]);

/** A label as it stands in a statement. Throws AppError `invalid-input` for one that the clinic's graph does not have. */
export function labelText(label: string): string {
  return quoted(label, LABELS, "label");
}

/** A relationship type as it stands in a statement. Throws AppError `invalid-input` for one that the clinic's graph does not have. */
export function typeText(type: string): string {
  return quoted(type, TYPES, "relationship type");
}

function quoted(name: string, known: ReadonlySet<string>, what: string): string {
  // The names come from a store, not from a person, and are still no text that may stand in a statement unseen.
  if (!known.has(name) || !/^\w+$/.test(name)) throw new AppError("invalid-input", `The graph has no ${what} of that name.`);
  return `\`${name}\``;
}
