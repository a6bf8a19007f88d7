import { settings } from "@main/data/documents/collections.ts";
import type { DocumentPort } from "@main/data/documents/port.ts";
import { FileLimits } from "@shared/contract/files.ts";
import { FILE_BYTES_USUAL, FILE_TYPES } from "@shared/model/file-types.ts";
import type { z } from "zod";

export type Limits = z.infer<typeof FileLimits>;

const NAME = "file-limits";
const USUAL: Limits = { maxBytes: FILE_BYTES_USUAL, types: [...FILE_TYPES], purgeAfterDays: 365 };

/** What may be uploaded, as the admin has set it. */
export function createLimits(documents: DocumentPort) {
  const kept = documents.collection(settings);
  return {
    async get(): Promise<Limits> {
      const found = (await kept.get(NAME))?.value;
      const read = FileLimits.safeParse({ ...found, types: String(found?.types ?? "").split(" ") });
      return read.success ? read.data : { ...USUAL };
    },
    async set({ maxBytes, types, purgeAfterDays }: Limits): Promise<Limits> {
      const ordered = FILE_TYPES.filter((type) => types.includes(type));
      await kept.put({ id: NAME, value: { maxBytes, types: ordered.join(" "), purgeAfterDays } });
      return { maxBytes, types: ordered, purgeAfterDays };
    },
  };
}
