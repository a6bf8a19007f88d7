import type { Field } from "./cast.ts";

/** What a visit was about: the words a doctor would leave, the diagnosis, and how it shows in the vital signs. */
export interface Story {
  field: Field;
  weight: number;
  /** Years of age it is told of. */
  ages: readonly [number, number];
  sex?: "female" | "male";
  /** Only for those who live with this condition, by its ICD-10-CM code. */
  chronic?: string;
  /** ICD-10-CM code, billable. */
  code: string;
  provisional?: boolean;
  reason: string;
  complaint: string;
  examination: string;
  plan: string;
  finding?: string;
  signs?: readonly ("fever" | "high-pressure" | "fast" | "low-oxygen" | "glucose" | "weight")[];
}
