type Scalar = string | number | boolean | null;

/** A document whose fields may hold anything plain, or be missing. */
export interface Loose {
  id: string;
  a?: Scalar;
  b?: Scalar;
}

/** A filter read plainly: what the engines must answer. Ranges hold within one type; null is a field that is null or missing. */
export function matches(document: object, filter: object): boolean {
  return Object.entries(filter).every(([field, condition]) => {
    const value = ((document as Record<string, Scalar | undefined>)[field] ?? null) as Scalar;
    if (condition === null || typeof condition !== "object") return value === condition;
    return Object.entries(condition as object).every(([operator, wanted]) => holds(operator, value, wanted));
  });
}

function holds(operator: string, value: Scalar, wanted: Scalar | Scalar[]): boolean {
  if (operator === "in") return (wanted as Scalar[]).includes(value);
  if (operator === "ne") return value !== wanted;
  if (operator === "contains") return typeof value === "string" && (wanted as string[]).every((part) => value.includes(part));
  if (value === null || wanted === null || typeof value !== typeof wanted) return false;
  const other = wanted as string | number | boolean;
  if (operator === "gt") return value > other;
  if (operator === "gte") return value >= other;
  return operator === "lt" ? value < other : value <= other;
}
