import { z } from "zod";

// Half of a surrogate pair or a NUL byte cannot be stored or shown by every engine: refuse them by name.
const WELL_FORMED = /^[^\u0000]*$/u;

const clean = (text: string) => WELL_FORMED.test(text) && text.isWellFormed();

/** One line of text a person types: 1 to `max` characters (UTF-16 units), trimmed, without line breaks and NUL, kept otherwise as typed. */
export const line = (max: number) =>
  z
    .string()
    .max(max)
    .refine(clean, "has a character that cannot be stored")
    .refine((text) => !/[\r\n\u2028\u2029]/.test(text), "must be one line")
    .transform((text) => text.trim())
    .refine((text) => text.length > 0, "is empty");

/** Text of several lines, up to `max` characters; may be empty. */
export const prose = (max: number) => z.string().max(max).refine(clean, "has a character that cannot be stored");

/** Why something was done: asked for where a rule is overridden. 3 to 500 characters. */
export const Reason = line(500).refine((text) => text.length >= 3, "is too short");

/** What the client makes so that a retry returns the first answer: 8 to 64 url-safe characters. */
export const CommandKey = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/, "must be 8 to 64 letters, digits, - or _");

/** The version read: an update names it and gets `changed-meanwhile` if it is no longer the current one. */
export const Version = z.int().min(1);
