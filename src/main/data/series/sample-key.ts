import { AppError } from "../../../shared/define.ts";
import type { Sample } from "./port.ts";

/** The instant of a sample in milliseconds since 1970. Throws `invalid-input` for a text that is none of ours. */
export function instantOf(at: string): number {
  const milliseconds = Date.parse(at);
  if (Number.isNaN(milliseconds) || new Date(milliseconds).toISOString() !== at) {
    throw new AppError("invalid-input", "A sample's instant is not like 2026-03-01T08:00:00.000Z.", { field: "at" });
  }
  return milliseconds;
}

/** One text for what makes a sample the same again: patient, kind, instant and source, within its region. */
export const sampleKey = ({ region, patientId, kind, at, source }: Sample): string => JSON.stringify([region, patientId, kind, at, source]);

/** Newest first; samples of one instant by kind and source, so that the order is always the same. */
export function newestFirst(a: Sample, b: Sample): number {
  return compare(b.at, a.at) || compare(a.kind, b.kind) || compare(a.source, b.source);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
