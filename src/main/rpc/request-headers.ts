/** The token of `Authorization: Bearer <token>`, or null. */
export function bearerToken(header: string | readonly string[] | undefined): string | null {
  const text = typeof header === "string" ? header : header?.[0];
  return /^Bearer ([A-Za-z0-9_~+/=.-]{1,512})$/i.exec(text ?? "")?.[1] ?? null;
}

/** Host names under which this machine may be asked; any other name is a DNS-rebinding attempt. */
export function isTrustedHost(host: string | undefined, trusted: ReadonlySet<string>): boolean {
  return host !== undefined && trusted.has(host.toLowerCase());
}

/** True when the page that asks was served by us. A request without an Origin does not come from a page. */
export function isTrustedOrigin(origin: string | undefined, trusted: ReadonlySet<string>, secure: boolean): boolean {
  if (origin === undefined) return true;
  const scheme = secure ? "https://" : "http://";
  return origin.toLowerCase().startsWith(scheme) && trusted.has(origin.slice(scheme.length).toLowerCase());
}
