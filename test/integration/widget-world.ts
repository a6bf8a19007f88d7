import { type AppError, command, query } from "@shared/define.ts";
import { z } from "zod";
import { routerWorld } from "./router-world.ts";

/** Routes of every kind of policy. */
const widget = {
  open: query({
    summary: "open",
    allow: "anyone",
    input: z.object({ text: z.string().max(10).optional() }),
    output: z.object({ ok: z.boolean() }),
  }),
  mine: query({ summary: "mine", allow: "signed-in", input: z.object({ patientId: z.string() }), output: z.object({ ok: z.boolean() }) }),
  write: command({
    summary: "write",
    allow: ["doctor"],
    why: "reason",
    input: z.object({ patientId: z.string(), nested: z.object({ doctorId: z.string() }).optional(), reason: z.string().optional() }),
    output: z.object({ id: z.string() }),
  }),
  overridden: command({
    summary: "overridden",
    allow: ["doctor"],
    why: "override.reason",
    input: z.object({ reason: z.string(), override: z.object({ reason: z.string() }).optional() }),
    output: z.object({}),
  }),
  sensitive: command({ summary: "fresh", allow: ["admin"], fresh: true, input: z.object({}), output: z.object({}) }),
  rare: query({ summary: "rare", allow: "anyone", perMinute: 2, input: z.object({}), output: z.object({}) }),
  either: query({
    summary: "either",
    allow: "anyone",
    input: z.union([z.object({ code: z.string() }), z.object({ birthDate: z.string(), name: z.string().max(3) })]),
    output: z.object({}),
  }),
};
const { policyless } = { policyless: structuredCloneOfRoute(widget.open) };

/** The same route with its policy taken away, as a route declared past `define.ts` would be. */
function structuredCloneOfRoute(route: typeof widget.open): typeof widget.open {
  const copy = Object.create(Object.getPrototypeOf(route));
  copy["~orpc"] = { ...route["~orpc"], meta: {} };
  return copy;
}

/** A router over the widgets, each of which simply answers. */
export const startWidgets = (overrides: Partial<Parameters<typeof routerWorld>[2]> = {}) =>
  routerWorld(
    { widget: { ...widget, policyless } },
    {
      widget: {
        open: async () => ({ ok: true }),
        mine: async () => ({ ok: true }),
        write: async ({ patientId }) => ({ id: `made-${patientId}` }),
        overridden: async (_input, { about }) => {
          about({ patientId: "P000003" });
          return {};
        },
        sensitive: async () => ({}),
        rare: async () => ({}),
        either: async () => ({}),
        policyless: async () => ({ ok: true }),
      },
    },
    overrides,
  );

/** The code with which a call was refused; `ok` when it was not. */
export const code = async (call: Promise<unknown>) =>
  call.then(
    () => "ok",
    (error: AppError) => error.code,
  );
/** The error with which a call was refused. */
export const refusal = async (call: Promise<unknown>): Promise<AppError> =>
  call.then(
    () => Promise.reject(new Error("was not refused")),
    (error) => error,
  );
