import type { IForbiddenRuleType } from "dependency-cruiser";

/** What the files of one place may import of ours. Paths are regular expressions; `$1` is the feature's own name. */
interface LayerRule {
  name: string;
  /** The rule in words, shown when it is broken. */
  says: string;
  from: string;
  may: string[];
}

/** Where a library, or Node itself, may be imported: nowhere else. */
interface LibraryRule {
  name: string;
  says: string;
  library: string;
  onlyIn: string[];
}

/** Ports and the pure pieces beside them: all that a feature sees of the stores. */
const DATA_PORTS =
  "^src/main/data/(graph/(port|statement|next-id)|documents/(port|collections)|(audit|blobs|leases|research)/port|research/visibility)\\.ts$";

/** Who may import whom. Every file of `src` falls under exactly one of these. */
export const LAYERS: readonly LayerRule[] = [
  {
    name: "shared-model",
    says: "shared/model imports nothing of ours",
    from: "^src/shared/model/",
    may: ["^src/shared/model/"],
  },
  {
    name: "shared-define",
    says: "shared/define imports shared/model",
    from: "^src/shared/define\\.ts$",
    may: ["^src/shared/model/"],
  },
  {
    name: "shared-contract",
    says: "shared/contract imports shared/model and shared/define",
    from: "^src/shared/contract/",
    may: ["^src/shared/contract/", "^src/shared/model/", "^src/shared/define\\.ts$"],
  },
  {
    name: "main-platform",
    says: "main/platform imports shared",
    from: "^src/main/platform/",
    may: ["^src/main/platform/", "^src/shared/"],
  },
  {
    name: "main-data",
    says: "main/data imports main/platform, shared and cypher/schema",
    from: "^src/main/data/",
    may: ["^src/main/data/", "^src/main/platform/", "^src/shared/", "^cypher/schema/"],
  },
  {
    name: "main-features",
    says: "a feature imports the ports of main/data, main/platform, shared and its own statements; never another feature",
    from: "^src/main/features/([^/]+)/",
    may: ["^src/main/features/$1/", DATA_PORTS, "^src/main/platform/", "^src/shared/", "^cypher/$1/"],
  },
  {
    name: "main-rpc",
    says: "main/rpc imports main/platform and shared",
    from: "^src/main/rpc/",
    may: ["^src/main/rpc/", "^src/main/platform/", "^src/shared/"],
  },
  {
    name: "main-entry",
    says: "main/app, the entry points and the commands see all of main, and nothing of the renderer",
    from: "^src/main/(app/|cli/|index\\.ts$|host\\.ts$|migrate\\.ts$)",
    may: ["^src/main/", "^src/shared/"],
  },
  {
    name: "preload",
    says: "the preload imports types of shared/define",
    from: "^src/preload/",
    may: ["^src/preload/", "^src/shared/define\\.ts$"],
  },
  {
    name: "renderer-ui",
    says: "renderer/ui imports nothing of ours",
    from: "^src/renderer/ui/",
    may: ["^src/renderer/ui/"],
  },
  {
    name: "renderer-lib",
    says: "renderer/lib imports shared",
    from: "^src/renderer/lib/",
    may: ["^src/renderer/lib/", "^src/shared/"],
  },
  {
    name: "renderer-features",
    says: "a renderer feature imports renderer/ui, renderer/lib and shared; never another feature",
    from: "^src/renderer/features/([^/]+)/",
    may: ["^src/renderer/features/$1/", "^src/renderer/ui/", "^src/renderer/lib/", "^src/shared/"],
  },
  {
    name: "renderer-app",
    says: "renderer/app and the page's entry see all of the renderer, and nothing of main",
    from: "^src/renderer/(app/|[^/]+$)",
    may: ["^src/renderer/", "^src/shared/"],
  },
];

/** A package as dependency-cruiser names it: by its folder, or bare where it cannot be resolved. */
const pkg = (name: string) => `(^|node_modules/)${name}(/|$)`;

/** Which library may be known where: what is named in one place only can be replaced there. */
export const LIBRARIES: readonly LibraryRule[] = [
  {
    name: "electron-in-the-shell",
    says: "electron only in main/index.ts, main/app, the message-port transport and the preload",
    library: pkg("electron"),
    onlyIn: ["^src/main/index\\.ts$", "^src/main/app/", "^src/main/rpc/message-port[^/]*\\.ts$", "^src/preload/"],
  },
  {
    name: "rpc-library-at-the-boundary",
    says: "@orpc/* only in shared/define.ts, main/rpc and renderer/lib",
    library: pkg("@orpc"),
    onlyIn: ["^src/shared/define\\.ts$", "^src/main/rpc/", "^src/renderer/lib/"],
  },
  {
    name: "neo4j-in-its-adapter",
    says: "neo4j-driver only in main/data/graph/neo4j*",
    library: pkg("neo4j-driver"),
    onlyIn: ["^src/main/data/graph/neo4j[^/]*"],
  },
  {
    name: "grafeo-in-its-adapter",
    says: "@grafeo-db/js only in main/data/graph/embedded*",
    library: pkg("@grafeo-db/js"),
    onlyIn: ["^src/main/data/graph/embedded[^/]*"],
  },
  {
    name: "mongodb-in-its-adapter",
    says: "mongodb only in main/data/documents/mongo*",
    library: pkg("mongodb"),
    onlyIn: ["^src/main/data/documents/mongo[^/]*"],
  },
  {
    name: "sqlite-in-its-adapter",
    says: "node:sqlite only in main/data/documents/sqlite* and main/data/blobs*",
    library: "^(node:)?sqlite$",
    onlyIn: ["^src/main/data/documents/sqlite[^/]*", "^src/main/data/blobs[^/]*"],
  },
];

const OURS = "^(src|cypher|test|bench)/";
const TESTS = "\\.test\\.tsx?$";

/** The tables above and what no table can say, in dependency-cruiser's own words. */
export const RULES: readonly (IForbiddenRuleType & { name: string; comment: string })[] = [
  ...LAYERS.map(({ name, says, from, may }) => ({
    name,
    comment: says,
    severity: "error" as const,
    from: { path: from, pathNot: TESTS },
    to: { path: OURS, pathNot: may },
  })),
  ...LIBRARIES.map(({ name, says, library, onlyIn }) => ({
    name,
    comment: says,
    severity: "error" as const,
    from: { path: "^src/", pathNot: [...onlyIn, TESTS] },
    to: { path: library },
  })),
  {
    name: "preload-types-only",
    comment: "what the preload takes of shared is erased: a sandboxed preload cannot load modules",
    severity: "error",
    from: { path: "^src/preload/" },
    to: { path: "^src/shared/", dependencyTypesNot: ["type-only"] },
  },
  {
    name: "no-node-outside-main",
    comment: "shared and renderer run where there is no Node",
    severity: "error",
    from: { path: "^src/(shared|renderer)/", pathNot: TESTS },
    to: { dependencyTypes: ["core"] },
  },
  {
    name: "no-cycle",
    comment: "modules that need each other at run time are one module, or lack a third",
    severity: "error",
    from: { path: "^src/" },
    to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
  },
  {
    name: "resolvable",
    comment: "an import that leads nowhere escapes every other rule",
    severity: "error",
    from: { path: "^src/" },
    to: { couldNotResolve: true },
  },
];
