import type { describeApi } from "../rpc/openapi.ts";

type Document = Awaited<ReturnType<typeof describeApi>>;

/** The contract as one page to read: no script, nothing loaded from elsewhere. */
export function apiPage(document: Document): string {
  const routes = Object.entries(document.paths ?? {}).map(([path, item]) => routeSection(path, (item as { post?: Operation }).post ?? {}));
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Polyclinic routes</title><style>
body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:64rem;padding-inline:1rem}
section{border-block-start:1px solid #8884;padding-block:.75rem}h2{font:600 1rem ui-monospace,monospace;margin:0}
dl{display:grid;grid-template-columns:max-content 1fr;gap:0 1rem;margin:.25rem 0}dt{opacity:.7}dd{margin:0}
pre{overflow:auto;background:#8881;padding:.5rem}</style></head>
<body><h1>${escapeHtml(document.info.title)} ${escapeHtml(document.info.version)}</h1>
<p>${escapeHtml(document.info.description ?? "")}</p>${routes.join("\n")}</body></html>`;
}

interface Operation {
  summary?: string;
  requestBody?: unknown;
  responses?: Record<string, unknown>;
  "x-roles"?: unknown;
  "x-audit"?: unknown;
  "x-fresh"?: unknown;
  "x-errors"?: unknown;
}

function routeSection(path: string, operation: Operation): string {
  const roles = operation["x-roles"];
  const facts: [string, string][] = [
    ["Who", Array.isArray(roles) ? roles.join(", ") : String(roles)],
    ["Audited", operation["x-audit"] ? "yes" : "no"],
    ["Fresh proof", operation["x-fresh"] ? "yes" : "no"],
    ["Errors", Array.isArray(operation["x-errors"]) ? operation["x-errors"].join(", ") : ""],
  ];
  return `<section><h2>POST ${escapeHtml(path)}</h2><p>${escapeHtml(operation.summary ?? "")}</p>
<dl>${facts.map(([name, value]) => `<dt>${name}</dt><dd>${escapeHtml(value)}</dd>`).join("")}</dl>
<details><summary>Input</summary><pre>${escapeHtml(JSON.stringify(operation.requestBody ?? {}, null, 2))}</pre></details>
<details><summary>Output</summary><pre>${escapeHtml(JSON.stringify(operation.responses?.["200"] ?? {}, null, 2))}</pre></details></section>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
