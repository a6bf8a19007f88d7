import { type Icd10, readIcd10 } from "./catalogue.ts";

export type { ConditionCode, Icd10 } from "./catalogue.ts";

/**
 * The ICD-10-CM table, read when it is first asked for and kept: it costs half a second and 60 MB that a
 * workstation which never codes a diagnosis does not pay.
 */
export function createIcd10(): () => Promise<Icd10> {
  let table: Promise<Icd10> | null = null;
  return () => {
    table ??= import("./icd10cm.b64.txt?raw").then((file) => readIcd10(file.default));
    return table;
  };
}
