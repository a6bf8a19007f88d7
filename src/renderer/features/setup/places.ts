interface Option {
  value: string;
  label: string;
}

// Zones that say where a clinic may stand, with the country and the currency used there: the first guess of the form.
const KNOWN: Readonly<Record<string, readonly [country: string, currency: string]>> = {
  "Asia/Amman": ["JO", "JOD"],
  "Asia/Beirut": ["LB", "USD"],
  "Asia/Damascus": ["SY", "SYP"],
  "Asia/Baghdad": ["IQ", "IQD"],
  "Asia/Riyadh": ["SA", "SAR"],
  "Asia/Kuwait": ["KW", "KWD"],
  "Asia/Bahrain": ["BH", "BHD"],
  "Asia/Qatar": ["QA", "QAR"],
  "Asia/Dubai": ["AE", "AED"],
  "Asia/Muscat": ["OM", "OMR"],
  "Asia/Aden": ["YE", "YER"],
  "Asia/Gaza": ["PS", "ILS"],
  "Asia/Hebron": ["PS", "ILS"],
  "Africa/Cairo": ["EG", "EGP"],
  "Africa/Khartoum": ["SD", "SDG"],
  "Africa/Tripoli": ["LY", "LYD"],
  "Africa/Tunis": ["TN", "TND"],
  "Africa/Algiers": ["DZ", "DZD"],
  "Africa/Casablanca": ["MA", "MAD"],
  "Europe/Istanbul": ["TR", "TRY"],
  "Europe/Berlin": ["DE", "EUR"],
  "Europe/Paris": ["FR", "EUR"],
  "Europe/London": ["GB", "GBP"],
  "America/New_York": ["US", "USD"],
};

/** ISO 3166-1 alpha-2. */
const COUNTRIES =
  "AE AF AL AM AR AT AU AZ BA BD BE BF BG BH BI BJ BN BO BR BW BY CA CD CF CG CH CI CL CM CN CO CR CU CV CY CZ DE DJ DK DO DZ EC EE EG ER ES ET FI FJ FR GA GB GE GH GM GN GQ GR GT GW HN HR HT HU ID IE IL IN IQ IR IS IT JM JO JP KE KG KH KM KP KR KW KZ LA LB LK LR LS LT LU LV LY MA MD ME MG MK ML MM MN MR MT MU MV MW MX MY MZ NA NE NG NI NL NO NP NZ OM PA PE PG PH PK PL PS PT PY QA RO RS RU RW SA SD SE SG SI SK SL SN SO SR SS ST SV SY SZ TD TG TH TJ TL TM TN TR TT TW TZ UA UG US UY UZ VE VN YE ZA ZM ZW".split(
    " ",
  );

/** Every time zone this runtime knows. */
export function zoneOptions(): Option[] {
  return [...new Set([...Intl.supportedValuesOf("timeZone"), "UTC"])].map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") }));
}

/** Countries by their name in the language; stored by that name's English form, which prints on letters. */
export function countryOptions(language: string): Option[] {
  const shown = new Intl.DisplayNames(language, { type: "region" });
  return COUNTRIES.map((code) => ({ value: countryName(code), label: shown.of(code) ?? code })).sort((a, b) =>
    a.label.localeCompare(b.label, language),
  );
}

/** Currencies by code and name. */
export function currencyOptions(language: string): Option[] {
  const names = new Intl.DisplayNames(language, { type: "currency" });
  return Intl.supportedValuesOf("currency").map((code) => ({ value: code, label: `${code} ${names.of(code) ?? ""}`.trim() }));
}

/** Where this machine seems to stand. */
export function guessPlace(zone = Intl.DateTimeFormat().resolvedOptions().timeZone): {
  country: string | null;
  timeZone: string;
  currency: string;
} {
  const known = KNOWN[zone];
  return { country: known ? countryName(known[0]) : null, timeZone: zone, currency: known?.[1] ?? "USD" };
}

function countryName(code: string): string {
  return new Intl.DisplayNames("en", { type: "region" }).of(code) ?? code;
}
