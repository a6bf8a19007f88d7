import { MongoBulkWriteError } from "mongodb";
import { AppError } from "../../../shared/define.ts";

/**
 * What went wrong with a write of many documents. The driver wraps a connection that broke in an error of its own that carries no code: it is
 * not known what has arrived, so whoever wrote must look before trying again.
 */
export function manyError(error: unknown): unknown {
  const broken = error instanceof MongoBulkWriteError && error.code === undefined && [error.writeErrors].flat().length === 0;
  return broken ? new AppError("store-unavailable", "The document store cannot be reached.") : error;
}
