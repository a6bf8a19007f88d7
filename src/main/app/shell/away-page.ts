import { policyHeader } from "../content-security-policy.ts";
import { PAGES_ORIGIN } from "./pages-origin.ts";

/** Seconds until the page tries by itself. */
const RETRY_SECONDS = 10;

export type AwayCause = "address" | "certificate" | "other";

/** What Chromium's number of a failed load means for the person at the screen. */
export function causeOfLoad(code: number): AwayCause {
  if (code <= -200 && code > -300) return "certificate";
  return code <= -100 && code > -200 ? "address" : "other";
}

/** The address of the page that is shown while the clinic's host cannot be reached. */
export function awayUrl(cause: AwayCause): string {
  return `${PAGES_ORIGIN}/away?cause=${cause}`;
}

const WORDS = {
  en: {
    title: "The clinic's computer does not answer",
    address: "Nobody answers at its address. Is it switched on, and is this computer on the clinic's network?",
    certificate: "Its certificate is not one that this computer trusts. IT can look at it; until then nothing is sent to it.",
    other: "The page could not be loaded from it.",
    again: "Try again now",
    itself: `It is tried again by itself every ${RETRY_SECONDS} seconds.`,
    kept: "The address is set in",
  },
  ar: {
    title: "حاسوب العيادة لا يستجيب",
    address: "لا أحد يجيب على عنوانه. هل هو مشغَّل، وهل هذا الحاسوب متصل بشبكة العيادة؟",
    certificate: "شهادته ليست مما يثق به هذا الحاسوب. يمكن لقسم التقنية فحصها، وحتى ذلك الحين لا يُرسل إليه شيء.",
    other: "تعذّر تحميل الصفحة منه.",
    again: "حاول الآن مرة أخرى",
    itself: `تُعاد المحاولة تلقائيًا كل ${RETRY_SECONDS} ثوانٍ.`,
    kept: "العنوان محدَّد في",
  },
} as const;

const STYLE = `body{font:1rem/1.6 system-ui,sans-serif;display:grid;place-content:center;min-block-size:90vh;margin:0;padding:2rem}
main{max-inline-size:34rem}a{display:inline-block;margin-block:1rem;padding:.5rem 1.25rem;border:1px solid;border-radius:.5rem;color:inherit;
text-decoration:none}a:focus-visible{outline:3px solid Highlight;outline-offset:2px}small{opacity:.75}@media (prefers-color-scheme:dark)
{body{background:#16181d;color:#e8e8ea}}`;

export interface AwayOptions {
  /** The host's address, with which it is tried again. */
  host: string;
  /** The file in which IT has set it. */
  configurationFile: string;
  locale: string;
}

/** Answers `app://polyclinic/away`: what is wrong and a way to try again, in a page without any script. Everything else is not there. */
export function answerAway(url: string, { host, configurationFile, locale }: AwayOptions): Response {
  const asked = new URL(url);
  const headers = { "content-security-policy": policyHeader(), "x-content-type-options": "nosniff", "referrer-policy": "no-referrer" };
  if (asked.pathname !== "/away") return new Response(null, { status: 404, headers });
  const language = locale.startsWith("ar") ? "ar" : "en";
  const words = WORDS[language];
  const said = asked.searchParams.get("cause");
  const cause = said === "certificate" || said === "address" ? said : "other";
  const html = `<!doctype html>
<html lang="${language}" dir="${language === "ar" ? "rtl" : "ltr"}"><head><meta charset="utf-8"><title>Polyclinic</title>
<meta http-equiv="refresh" content="${RETRY_SECONDS};url=${escapeHtml(host)}"><style>${STYLE}</style></head>
<body><main role="alert"><h1>${words.title}</h1><p>${words[cause]}</p><p><code dir="ltr">${escapeHtml(host)}</code></p>
<a href="${escapeHtml(host)}">${words.again}</a><p>${words.itself}</p>
<p><small>${words.kept} <code dir="ltr">${escapeHtml(configurationFile)}</code></small></p></main></body></html>`;
  return new Response(html, { headers: { ...headers, "content-type": "text/html; charset=utf-8" } });
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
