import { admit } from "@main/rpc/allow.ts";
import { normaliseError } from "@main/rpc/normalise-error.ts";
import { contract } from "@shared/contract/index.ts";
import type { Policy } from "@shared/define.ts";
import { DEVICE_ROLES, type Role, USER_ROLES } from "@shared/model/roles.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { INPUTS } from "./role-matrix-inputs.ts";
import { type MatrixWorld, openMatrixWorld, type Whose } from "./role-matrix-world.ts";

type Who = Role | "anonymous";
const EVERYONE: readonly Who[] = [...USER_ROLES, ...DEVICE_ROLES, "anonymous"];
const WHOSE: readonly Whose[] = ["own", "another", "missing"];
const GARBAGE: readonly unknown[] = [42, "garbage", [], JSON.parse('{"__proto__":{"roles":["admin"]},"constructor":1}')];

const policies = Object.entries(contract).flatMap(([domain, routes]) =>
  Object.entries(routes).map(([route, procedure]) => ({ name: `${domain}.${route}`, policy: procedure["~orpc"].meta as Policy })),
);
// Last, since they change what the others are about: the end of a session, a chart opened by break-glass, a clinic removed.
const LAST = ["session.signOut", "patients.breakGlass", "setup.removeSampleClinic"];
const routes = policies.toSorted((a, b) => LAST.indexOf(a.name) - LAST.indexOf(b.name));

/** What the policy says, without a look at the router: may they, and if not, what are they told? */
function expectedRefusal({ allow }: Policy, who: Who): "unauthenticated" | "forbidden" | null {
  if (allow === "anyone") return null;
  if (who === "anonymous") return "unauthenticated";
  const isPerson = (USER_ROLES as readonly string[]).includes(who);
  const allowed = allow === "signed-in" ? isPerson : allow.includes(who);
  return allowed ? null : "forbidden";
}

/** Past the role there is the person: codes with which an allowed role is turned away from what is not theirs. */
const NOT_YOURS = ["forbidden", "not-found", "care-edge-required", "invalid-code"];
/** Routes whose subject is somebody, and the roles that reach only their own. */
const OWN_ONLY: readonly [RegExp, readonly Who[]][] = [
  [/^patients\.get$/, ["patient"]],
  [/^patients\.(getChart|recordAllergy|voidAllergy|recordCondition)$/, ["patient", "doctor", "nurse"]],
  [/^encounters\.(?!searchConditions)/, ["patient", "doctor", "nurse"]],
  [/^scheduling\.(book|reschedule|cancel)Appointment$/, ["patient"]],
  [/^scheduling\.bookAppointment$/, ["doctor", "nurse"]],
  [/^scheduling\.(setWorkingHours|createSlots)$/, ["doctor"]],
  [/^files\.(?!getLimits|setLimits)/, ["patient", "doctor", "nurse"]],
  [/^session\.revokeSession$/, USER_ROLES],
  [/^messaging\.(listMessages|sendText|sendImage|getImage|withdraw|markRead|markUnread|search|addImageToChart)$/, USER_ROLES],
  [/^kiosk\.(checkIn|listFreeSlots|bookAppointment)$/, ["kiosk"]],
];
const reachesOnlyOwn = (route: string, who: Who) => OWN_ONLY.some(([routes, roles]) => routes.test(route) && roles.includes(who));

const HAS_SUBJECT = /(\w+Id|handle)\b/;
const aboutSomebody = (route: string) => HAS_SUBJECT.test(INPUTS[route]?.toString().split("=>")[0] ?? "");

let matrix: MatrixWorld;
beforeAll(async () => {
  matrix = await openMatrixWorld();
}, 120_000);
afterAll(() => matrix?.world.close());

/** Calls a route raw, as a transport would hand it over, and answers `ok` or the error's code. */
async function outcome(name: string, who: Who, input: unknown, fresh = true): Promise<string> {
  const { world, viewers } = matrix;
  const [domain = "", route = ""] = name.split(".");
  const person = viewers[who];
  const viewer = person?.kind === "user" ? { ...person, reauthenticatedAt: fresh ? world.clock.now() : null } : person;
  const stop = new AbortController();
  const origin = { transport: "internal", address: "internal", userAgent: "matrix" } as const;
  try {
    await world.app.life.run(domain, route, input, { token: null, viewer, clock: world.clock, signal: stop.signal, origin });
    return "ok";
  } catch (error) {
    return normaliseError(error, "matrix").code;
  } finally {
    stop.abort();
  }
}

/** Why this cell is wrong, or null. */
function judge(name: string, policy: Policy, who: Who, whose: Whose, got: string): string | null {
  const cell = `${name} by ${who} for ${whose}: ${got}`;
  const refusal = expectedRefusal(policy, who);
  if (refusal) return got === refusal ? null : `${cell}, expected ${refusal}`;
  if (["internal", "timeout", "store-unavailable", "invalid-input", "reauthentication-required"].includes(got)) return `${cell}, a fault`;
  if (whose === "own") return ["unauthenticated", "forbidden", "care-edge-required"].includes(got) ? `${cell}, though it is theirs` : null;
  if (whose === "missing" && aboutSomebody(name) && got === "ok") return `${cell}, though there is no such thing`;
  if (whose === "another" && reachesOnlyOwn(name, who) && !NOT_YOURS.includes(got)) return `${cell}, though it is somebody else's`;
  return null;
}

describe("the role matrix", () => {
  it("covers every route of the contract", () => {
    expect(Object.keys(INPUTS).toSorted()).toEqual(routes.map(({ name }) => name).toSorted());
  });

  describe.each(routes)("$name", ({ name, policy }) => {
    it("is for whom its policy names, on their own, another's and missing things", async () => {
      const wrong: string[] = [];
      for (const who of EVERYONE) {
        for (const whose of WHOSE) {
          const got = await outcome(name, who, INPUTS[name]?.(matrix.subjects[whose]));
          const fault = judge(name, policy, who, whose, got);
          if (fault) wrong.push(fault);
        }
      }
      expect(wrong).toEqual([]);
    });

    it("refuses the wrong role before it looks at the input, and the right one with a typed error", async () => {
      const wrong: string[] = [];
      for (const who of EVERYONE) {
        for (const garbage of GARBAGE) {
          const got = await outcome(name, who, garbage);
          const expected = expectedRefusal(policy, who);
          if (expected ? got !== expected : got !== "invalid-input") wrong.push(`${who}, ${JSON.stringify(garbage)}: ${got}`);
        }
      }
      expect(wrong).toEqual([]);
    });
  });

  it.each(routes.filter(({ policy }) => policy.fresh))("$name asks an allowed role for a fresh proof", async ({ name, policy }) => {
    for (const who of EVERYONE.filter((who) => expectedRefusal(policy, who) === null)) {
      expect(await outcome(name, who, INPUTS[name]?.(matrix.subjects.own), false)).toBe("reauthentication-required");
    }
  });

  it("lets nobody through to a route without a policy", () => {
    for (const who of EVERYONE) {
      expect(() => admit(undefined, matrix.viewers[who], matrix.world.clock.now())).toThrow(expect.objectContaining({ code: "forbidden" }));
    }
  });

  it("knows no route that the contract does not", async () => {
    for (const name of ["patients.deleteEverything", "nothing.here", "patients.__proto__", "constructor.name"]) {
      expect(await outcome(name, "admin", {})).toBe("not-found");
    }
  });
});
