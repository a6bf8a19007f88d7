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
  const [row] = await writer.execute<{ last: number }>(takeNumbers, { name: label, count });
  if (row === undefined) throw new AppError("internal", `The counter of ${label} gave no number`);
  return Array.from({ length: count }, (_, index) => formatId(label, row.last - count + 1 + index));
}
