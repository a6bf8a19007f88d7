import { X509Certificate } from "node:crypto";
import { isIP } from "node:net";

/** "Use what Chromium has found", and "it is good", as Electron wants them said. */
const AS_FOUND = -3;
const GOOD = 0;
/** Chromium's word for a certificate of an authority that the system does not know. */
const AUTHORITY_INVALID = -202;

/** A certificate as Electron presents it: in PEM, with the one that it says it was issued by. */
interface Presented {
  data: string;
  issuerCert?: Presented;
}
interface Asked {
  hostname: string;
  errorCode: number;
  certificate: Presented;
}

/**
 * Judges certificates by the system, and beside it by one authority of IT's own: a certificate that Chromium refuses only because it does
 * not know its authority is good when that authority has issued it, for this name and this time.
 */
export function judgeBy(authority: X509Certificate | null, now: () => Date = () => new Date()): (asked: Asked) => number {
  return ({ hostname, errorCode, certificate }) => {
    if (authority === null || errorCode !== AUTHORITY_INVALID) return AS_FOUND;
    const [leaf, ...issuers] = chainOf(certificate);
    if (leaf === undefined || !isFor(leaf, hostname)) return AS_FOUND;
    const all = [leaf, ...issuers];
    const at = now();
    if (![...all, authority].every((one) => isValid(one, at))) return AS_FOUND;
    return leadsTo(authority, all) ? GOOD : AS_FOUND;
  };
}

/** Each is issued by the next, up to one that the authority is or has issued. */
function leadsTo(authority: X509Certificate, [first, ...rest]: readonly X509Certificate[]): boolean {
  if (first === undefined) return false;
  if (first.fingerprint256 === authority.fingerprint256 || isIssued(first, authority)) return true;
  const [next] = rest;
  return next !== undefined && isIssued(first, next) && leadsTo(authority, rest);
}

function isIssued(certificate: X509Certificate, by: X509Certificate): boolean {
  return by.ca && certificate.checkIssued(by) && certificate.verify(by.publicKey);
}

function isFor(leaf: X509Certificate, hostname: string): boolean {
  const bare = hostname.replace(/^\[|\]$/g, "");
  return (isIP(bare) === 0 ? leaf.checkHost(bare) : leaf.checkIP(bare)) !== undefined;
}

function isValid(certificate: X509Certificate, at: Date): boolean {
  return certificate.validFromDate <= at && at <= certificate.validToDate;
}

/** More issuers than any real chain has are not followed: a chain may lead back into itself. */
const LONGEST_CHAIN = 10;

function chainOf(certificate: Presented): X509Certificate[] {
  const chain: X509Certificate[] = [];
  for (let one: Presented | undefined = certificate; one && chain.length < LONGEST_CHAIN; one = one.issuerCert) {
    chain.push(new X509Certificate(one.data));
  }
  return chain;
}
