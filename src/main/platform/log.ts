/** Structured lines for IT. Nothing of a patient goes in: ids of requests and codes only. */
export interface Log {
  info(fields: Record<string, string | number | boolean | null>, message: string): void;
  warn(fields: Record<string, string | number | boolean | null>, message: string): void;
  error(fields: Record<string, string | number | boolean | null>, message: string, cause?: unknown): void;
}
