/** Words by their dotted key. */
export type FlatWords = Record<string, string>;

export interface WordFault {
  key: string;
  fault: string;
}

/** A file of words as one level: `{ rail: { today } }` becomes `rail.today`. */
export function flatten(words: object, prefix = ""): FlatWords {
  return Object.fromEntries(
    Object.entries(words).flatMap(([key, value]) =>
      typeof value === "object" && value !== null
        ? Object.entries(flatten(value, `${prefix}${key}.`))
        : [[`${prefix}${key}`, String(value)]],
    ),
  );
}

/** The plural forms a language has, sorted. */
export function pluralForms(language: string): string[] {
  return [...new Intl.PluralRules(language).resolvedOptions().pluralCategories].sort();
}

const PLURAL = /_(zero|one|two|few|many|other)$/;
const parameters = (text: string) =>
  (text.match(/{{\s*\w+/g) ?? [])
    .map((found) => found.replace(/{{\s*/, ""))
    .filter((name) => name !== "count")
    .sort();

/** What is wrong with the Arabic words beside the English ones: missing, left in English, parameters lost. Figures and punctuation alone may stay. */
export function compareWords(english: FlatWords, arabic: FlatWords): WordFault[] {
  const faults: WordFault[] = [];
  const base = (key: string) => key.replace(PLURAL, "");
  const plurals = new Set(
    Object.keys(english)
      .filter((key) => PLURAL.test(key))
      .map(base),
  );
  for (const [key, text] of Object.entries(english)) {
    if (plurals.has(base(key)) && PLURAL.test(key)) continue;
    const other = arabic[key];
    const bare = !/\p{L}/u.test(text.replace(/{{.*?}}/g, ""));
    if (other === undefined) faults.push({ key, fault: "missing in Arabic" });
    else if (!bare && other === text) faults.push({ key, fault: "the same as English" });
    else if (!bare && !/\p{Script=Arabic}/u.test(other)) faults.push({ key, fault: "no Arabic letter" });
    else if (parameters(other).join() !== parameters(text).join()) faults.push({ key, fault: "parameters differ" });
  }
  for (const key of plurals) {
    for (const form of pluralForms("ar")) {
      if (!arabic[`${key}_${form}`]) faults.push({ key: `${key}_${form}`, fault: "plural form missing in Arabic" });
    }
  }
  for (const key of Object.keys(arabic)) {
    const known = key in english || (PLURAL.test(key) && plurals.has(base(key)));
    if (!known) faults.push({ key, fault: "not in English" });
  }
  return faults;
}
