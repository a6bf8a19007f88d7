import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Language } from "../world.ts";

interface Words {
  [key: string]: string | Words;
}

/** What the screens say: `words("ar", "scheduling")("book.title")`, with `{{name}}` filled in. */
export function words(language: Language, namespace: string): (key: string, values?: Record<string, string>) => string {
  const file = fileURLToPath(new URL(`../../../src/renderer/app/i18n/${language}/${namespace}.json`, import.meta.url));
  const all = JSON.parse(readFileSync(file, "utf8")) as Words;
  return (key, values = {}) => {
    const found = key.split(".").reduce<string | Words | undefined>((at, part) => (typeof at === "object" ? at[part] : undefined), all);
    if (typeof found !== "string") throw new Error(`no words ${namespace}:${key} in ${language}`);
    return found.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? "");
  };
}
