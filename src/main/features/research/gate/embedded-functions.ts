import { TEMPORAL_FUNCTIONS } from "./functions.ts";
import { type Kinds, kindOf, nameOf } from "./kinds.ts";
import { type Branch, childOf, childrenOf, findAll, only, placeOf, sourceOf } from "./parser.ts";
import { Refused } from "./verdict.ts";
import { callee } from "./walk.ts";

/** Longest list that `range` may make where its bounds are written out: 100 million numbers end the engine's process. */
const RANGE_MAX = 1_000_000;

/** Functions that the embedded engine answers wrongly, or with some arguments. Throws Refused. */
export function checkFunction(branch: Branch, kinds: Kinds): void {
  const name = callee(branch, "functionName");
  const given = childrenOf(branch, "functionArgument").map((argument) => childOf(argument, "expression"));
  const args = given.filter((argument) => argument !== undefined);
  if (TEMPORAL_FUNCTIONS.has(name.toLowerCase())) return checkTemporal(branch, name, args);
  FUNCTION_CHECKS[name.toLowerCase()]?.({ branch, name, args, kinds });
}

interface Call {
  branch: Branch;
  name: string;
  args: readonly Branch[];
  kinds: Kinds;
}

function refuse(branch: Branch, construct: string, message: string): never {
  throw new Refused("unsupported-construct", construct, placeOf(branch), message);
}

const FUNCTION_CHECKS: Readonly<Record<string, (call: Call) => void>> = {
  tostring: ({ branch, name, args: [value], kinds }) => {
    if (value && kindOf(value, kinds) === "float")
      refuse(branch, `${name}(float)`, "The embedded engine writes 2.0 as 2: make it an integer first, toInteger(…)");
  },
  tointeger: ({ branch, name, args: [value] }) => {
    if (value && /^['"]\s*[+-]?\d*\./.test(sourceOf(value)))
      refuse(branch, `${name}('1.9')`, "The embedded engine answers null: write toInteger(toFloat(…))");
  },
  split: ({ branch, name, args: [, separator] }) => {
    if (separator && /^(?:''|"")$/.test(sourceOf(separator)))
      refuse(branch, `${name}(…, '')`, "The embedded engine adds empty texts at both ends");
  },
  round: ({ branch, name, args }) => {
    if (args.length > 1) refuse(branch, `${name}(x, n)`, "The embedded engine only rounds to integers: write round(100 * x) / 100");
  },
  percentilecont: checkPercentile,
  percentiledisc: checkPercentile,
  coalesce: checkEntities,
  min: checkEntities,
  max: checkEntities,
  range: ({ branch, name, args }) => {
    const [from, to, step] = args.map((argument) => (/^-?\d+$/.test(sourceOf(argument)) ? Number(sourceOf(argument)) : null));
    if (from === undefined || from === null || to === undefined || to === null) return;
    if (Math.abs(to - from) / Math.max(1, Math.abs(step ?? 1)) > RANGE_MAX) {
      refuse(branch, `${name}()`, `A range of more than ${RANGE_MAX.toLocaleString("en")} numbers ends the embedded engine`);
    }
  },
};

function checkPercentile({ branch, name, args: [, share] }: Call): void {
  const literal = share && only(share, "numberLiteral");
  if (!literal) refuse(branch, `${name}(x, $p)`, "The embedded engine takes the share only as a number written out: 0.9");
}

function checkEntities({ branch, name, args, kinds }: Call): void {
  if (!args.some((argument) => kindOf(argument, kinds) === "entity")) return;
  refuse(branch, `${name}(node)`, `The embedded engine answers the number of a node out of ${name}(): use a property, n.id`);
}

const DAY = /^(['"])\d{4}-\d\d-\d\d\1$/;
const INSTANT = /^(['"])\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z\1$/;
const PERIOD = /^(?:(['"])P\d+[DWMY]\1|\{\s*(?:days|weeks|months|years)\s*:\s*[^,{}]+\})$/;

/** Days and instants as the clinic writes them can be compared and taken apart, and days moved by whole days, weeks, months and years; all else is missing or wrong. */
function checkTemporal(branch: Branch, name: string, args: readonly Branch[]): void {
  const [argument] = args;
  const source = argument === undefined ? "" : sourceOf(argument);
  const written = /^['"{]/.test(source);
  const fine =
    (name.toLowerCase() === "date" && args.length < 2 && (!written || DAY.test(source))) ||
    (name.toLowerCase() === "datetime" && args.length < 2 && (!written || INSTANT.test(source))) ||
    (name.toLowerCase() === "duration" && args.length === 1 && PERIOD.test(source));
  if (fine) return;
  refuse(
    branch,
    `${name}()`,
    "The embedded engine answers dates and times wrongly: compare the ISO texts, or take parts with substring(a.startsAt, 0, 10)",
  );
}

/** A value wrapped again in each round gets so deep that the engine's process dies: 5,000 rounds are enough. */
export function checkReduce(branch: Branch): void {
  const [accumulator] = childrenOf(branch, "variable");
  const body = childrenOf(branch, "expression").at(-1);
  if (accumulator === undefined || body === undefined) return;
  const name = nameOf(accumulator);
  const wraps = [...findAll(body, "listLiteral"), ...findAll(body, "map")];
  if (wraps.some((wrap) => [...findAll(wrap, "variable")].some((variable) => nameOf(variable) === name))) {
    refuse(branch, "reduce()", "The embedded engine dies of values that get deeper with each round");
  }
}
