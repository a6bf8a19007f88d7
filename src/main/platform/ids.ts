import { createHash, randomBytes, randomInt, randomUUID } from "node:crypto";

/** Random ids and secrets, injected so that a simulation can repeat them. */
export interface Ids {
  uuid(): string;
  /** 256 bits, base64url. */
  token(): string;
  /** A decimal code of `digits` digits. */
  code(digits: number): string;
  /** A code to read aloud: `groups` groups of four letters and digits without look-alikes. */
  phrase(groups: number): string;
}

const LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789";

export const systemIds: Ids = {
  uuid: () => randomUUID(),
  token: () => randomBytes(32).toString("base64url"),
  code: (digits) => Array.from({ length: digits }, () => randomInt(10)).join(""),
  phrase: (groups) =>
    Array.from({ length: groups }, () => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join("")).join("-"),
};

/** SHA-256 in hex: how tokens and codes are stored. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
