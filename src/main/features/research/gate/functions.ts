const AGGREGATES = ["avg", "collect", "count", "max", "min", "percentileCont", "percentileDisc", "stDev", "stDevP", "sum"];
const SCALAR = [
  ...[
    "coalesce",
    "elementId",
    "endNode",
    "exists",
    "head",
    "id",
    "isEmpty",
    "keys",
    "labels",
    "last",
    "length",
    "nodes",
    "nullIf",
    "properties",
  ],
  ...["range", "relationships", "reverse", "size", "startNode", "tail", "timestamp", "type", "valueType"],
  ...["toBoolean", "toBooleanOrNull", "toFloat", "toFloatOrNull", "toInteger", "toIntegerOrNull", "toString", "toStringOrNull"],
  ...["toBooleanList", "toFloatList", "toIntegerList", "toStringList"],
];
const MATHS = [
  ...["abs", "ceil", "e", "exp", "floor", "isNaN", "log", "log10", "pi", "rand", "round", "sign", "sqrt"],
  ...["acos", "asin", "atan", "atan2", "cos", "cosh", "cot", "coth", "degrees", "haversin", "radians", "sin", "sinh", "tan", "tanh"],
];
const TEXT = [
  ...["btrim", "char_length", "character_length", "left", "lower", "ltrim", "normalize", "replace", "right", "rtrim", "split", "substring"],
  ...["toLower", "toUpper", "trim", "upper"],
];
const TEMPORAL = [
  ...["date", "datetime", "localdatetime", "localtime", "time"].flatMap((name) => [
    name,
    ...["realtime", "statement", "transaction", "truncate"].map((part) => `${name}.${part}`),
  ]),
  ...["datetime.fromepoch", "datetime.fromepochmillis"],
  ...["duration", "duration.between", "duration.inDays", "duration.inMonths", "duration.inSeconds"],
];
const SPATIAL = ["point", "point.distance", "point.withinBBox"];

const lowered = (names: readonly string[]) => new Set(names.map((name) => name.toLowerCase()));

/** Cypher's own functions that only compute: none reads a file, the network, the environment or another database. */
export const FUNCTION_NAMES: readonly string[] = [...AGGREGATES, ...SCALAR, ...MATHS, ...TEXT, ...TEMPORAL, ...SPATIAL];

/** Procedures that tell what the graph is made of. Others read settings, users or files, or change things. */
export const PROCEDURE_NAMES: readonly string[] = ["db.labels", "db.relationshipTypes", "db.propertyKeys"];

export const FUNCTIONS: ReadonlySet<string> = lowered(FUNCTION_NAMES);
export const PROCEDURES: ReadonlySet<string> = lowered(PROCEDURE_NAMES);
export const AGGREGATE_FUNCTIONS: ReadonlySet<string> = lowered(AGGREGATES);
export const TEMPORAL_FUNCTIONS: ReadonlySet<string> = lowered(TEMPORAL);
