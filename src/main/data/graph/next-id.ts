import nextIdText from "@cypher/schema/next-id.cypher?raw";
import { AppError } from "@shared/define.ts";
import { type CountedLabel, formatId } from "@shared/model/ids.ts";
import type { Writer } from "./port.ts";
import { statement } from "./statement.ts";

const takeNumbers = statement("schema/next-id", nextIdText);

/** Takes the next id of a label, `P000123`, in the transaction that creates the node: an id is not used up unless the node is kept. */
export async function nextId(writer: Writer, label: CountedLabel): Promise<string> {
  const [id] = await nextIds(writer, label, 1);
  if (id === undefined) throw new AppError("internal", `The counter of ${label} gave no number`);
  return id;
}

/** Takes `count` ids of a label in ascending order, with one statement. */
export async function nextIds(writer: Writer, label: CountedLabel, count: number): Promise<string[]> {
  if (!Number.isSafeInteger(count) || count < 0) throw new AppError("internal", `${count} is no number of ids`);
  if (count === 0) return [];
  const last = await take(writer, label, count);
  return Array.from({ length: count }, (_, index) => formatId(label, last - count + 1 + index));
}

/** Takes the next number of a counter that gives no ids: `PatientChange`. Numbers are in the order of the commits: who comes later waits. */
export function nextNumber(writer: Writer, counter: "PatientChange"): Promise<number> {
  return take(writer, counter, 1);
}

async function take(writer: Writer, name: string, count: number): Promise<number> {
  const [row] = await writer.execute<{ last: number }>(takeNumbers, { name, count });
  if (row === undefined) throw new AppError("internal", `The counter of ${name} gave no number`);
  return row.last;
}
