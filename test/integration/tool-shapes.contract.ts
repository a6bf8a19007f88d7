import { randomUUID } from "node:crypto";
import { startHost } from "@main/app/host-server.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openWorld, SAMPLE_PASSWORD, type World, type WorldOptions } from "../world/open-world.ts";

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const instant = expect.stringMatching(INSTANT);
const text = expect.any(String);
const count = expect.any(Number);
interface Items<T = { id: string }> {
  items: T[];
}
const CLINIC = {
  name: "Second",
  timeZone: "UTC",
  currency: "EUR",
  languages: ["en"],
  admin: { username: "second", displayName: "Second", password: "winter lamp orchard seven" },
};

/** What scripts and integrations rely on, over HTTP, on the sample clinic and with its accounts: the same on every engine. */
export function toolShapes(engine: string, options: WorldOptions = {}): void {
  describe(`shapes for tools on ${engine}`, () => {
    let world: World;
    let host: Awaited<ReturnType<typeof startHost>>;
    const tokens = new Map<string, string>();
    beforeAll(async () => {
      world = await openWorld({ ...options, liftRateLimits: true, clockAt: "2026-03-03T08:00:00.000Z" });
      await world.call("setup", "loadSampleClinic", { seed: 1, patients: 20 }, null);
      host = await startHost({ app: world.app, port: 0 });
      for (const username of ["admin", "doctor", "reception", "pharmacist", "lab", "cashier", "researcher", "patient"]) {
        const { body } = await post("session/signIn", { username, password: SAMPLE_PASSWORD });
        tokens.set(username, (body as { token: string }).token);
      }
    }, 300_000);
    afterAll(async () => {
      await host?.close();
      await world?.close();
    });

    async function post(path: string, input: unknown, as?: string): Promise<{ status: number; body: unknown }> {
      const headers = { "content-type": "application/json", ...(as ? { authorization: `Bearer ${tokens.get(as)}` } : {}) };
      const answer = await fetch(`${host.url}/api/${path}`, { method: "POST", headers, body: JSON.stringify(input) });
      expect(answer.headers.get("content-type")).toBe("application/json; charset=utf-8");
      return { status: answer.status, body: await answer.json() };
    }

    async function answer<T>(path: string, input: unknown, as?: string): Promise<T> {
      const { status, body } = await post(path, input, as);
      expect({ path, status, body }).toMatchObject({ path, status: 200 });
      return body as T;
    }

    /** A refusal is exactly `{ code, message, data: { field?, requestId } }` under its status. */
    async function expectRefusal(status: number, code: string, field: string | null, refused: Promise<{ status: number; body: unknown }>) {
      const data = { requestId: expect.stringMatching(/^[0-9a-f-]{36}$/), ...(field === null ? {} : { field }) };
      expect(await refused).toEqual({ status, body: { code, message: expect.stringMatching(/./), data } });
    }

    describe("session and setup", () => {
      it("signs in with every sample account", async () => {
        const ids = { doctor: expect.stringMatching(/^D\d{6}$/), patient: expect.stringMatching(/^P\d{6}$/) };
        for (const username of tokens.keys()) {
          const externalId = ids[username as keyof typeof ids] ?? null;
          expect(await answer("session/signIn", { username, password: SAMPLE_PASSWORD })).toMatchObject({
            token: expect.stringMatching(/^[\w-]{43}$/),
            expiresAt: instant,
            user: { id: text, displayName: text, roles: [username], externalId },
          });
        }
        await expectRefusal(401, "wrong-credentials", null, post("session/signIn", { username: "doctor", password: "not this one" }));
      });

      it("tells the state of the clinic, with an empty input or none", async () => {
        expect(await answer("setup/getStatus", {})).toMatchObject({ state: "ready", sample: true });
        const bare = await fetch(`${host.url}/api/setup/getStatus`, { method: "POST" });
        expect([bare.status, await bare.json()]).toEqual([200, expect.objectContaining({ state: "ready", sample: true })]);
      });
    });

    describe("clinic, patients and scheduling", () => {
      it("lists departments and the doctors of one or all", async () => {
        const departments = await answer<Items>("clinic/listDepartments", {}, "patient");
        expect(departments.items).toHaveLength(3);
        expect(departments.items).toEqual(departments.items.map(() => expect.objectContaining({ id: text, name: text })));
        const all = await answer<Items>("clinic/listDoctors", {}, "reception");
        expect(all.items).toHaveLength(6);
        const [department] = departments.items;
        const some = await answer<Items>("clinic/listDoctors", { departmentId: department?.id }, "reception");
        expect(some.items.length).toBeGreaterThan(0);
        expect(some.items).toEqual(some.items.map(() => expect.objectContaining({ id: text, name: text, departmentId: department?.id })));
      });

      it("takes a new patient from registration to an open chart", async () => {
        const particulars = { givenName: "Toolia", familyName: "Shapesworth", birthDate: "1991-07-08", sex: "female" };
        const contact = {
          phone: "+962 7 9555 0101",
          email: "t@example.org",
          nationalId: "X-991-7",
          region: "Zarqa",
          address: "1 Main Street",
        };
        const patient = await answer<{ id: string }>("patients/register", { ...particulars, ...contact }, "reception");
        expect(patient).toMatchObject({ id: expect.stringMatching(/^P\d{6}$/), version: 1, ...particulars, ...contact });
        for (const wanted of ["shapesworth toolia", "Toolai", "95550101", patient.id]) {
          const { items } = await answer<Items>("patients/search", { text: wanted, limit: 5 }, "reception");
          expect(items[0]).toMatchObject({ id: patient.id, givenName: "Toolia", familyName: "Shapesworth", birthDate: "1991-07-08" });
        }
        const { doctorId, slot } = await freeSlot();
        const booking = { patientId: patient.id, doctorId, startsAt: slot.startsAt, reason: "Shapes", key: randomUUID() };
        const booked = await answer<{ id: string }>("scheduling/bookAppointment", booking, "reception");
        expect(booked).toMatchObject({ id: expect.stringMatching(/^A\d{6}$/), status: "booked", ...slot });
        expect(await answer("scheduling/bookAppointment", booking, "reception")).toEqual(booked);
        const taken = { ...booking, key: randomUUID() };
        await expectRefusal(409, "slot-taken", "startsAt", post("scheduling/bookAppointment", taken, "reception"));

        const roster = await answer<Items & { total: number }>("patients/listRoster", { doctorId, page: 1, pageSize: 1000 }, "doctor");
        expect(roster.items.map((item) => item.id)).toContain(patient.id);
        expect(roster.total).toBe(roster.items.length);
        const chart = await answer<Record<string, unknown>>("patients/getChart", { patientId: patient.id }, "doctor");
        expect(chart).toMatchObject({ patient: { id: patient.id, birthDate: expect.stringMatching(DAY) } });
        for (const part of ["allergies", "conditions", "encounters", "observations", "prescriptions", "labs", "files"]) {
          expect([part, chart[part]]).toEqual([part, []]);
        }
      });

      /** A free slot of the sample's doctor, whose account is `doctor`. */
      async function freeSlot() {
        const { user } = await answer<{ user: { externalId: string } }>("session/whoAmI", {}, "doctor");
        for (let ahead = 1; ahead < 30; ahead += 1) {
          const day = new Date(Date.parse(world.clock.now()) + ahead * 86_400_000).toISOString().slice(0, 10);
          const { items } = await answer<Items<{ startsAt: string; endsAt: string }>>(
            "scheduling/listFreeSlots",
            { doctorId: user.externalId, day },
            "reception",
          );
          if (items[0]) {
            expect(items[0]).toEqual({ startsAt: instant, endsAt: instant });
            return { doctorId: user.externalId, slot: items[0] };
          }
        }
        throw new Error("the sample's doctor has no free slot in a month");
      }
    });

    describe("research", () => {
      const RUN = "research/run";

      it("answers columns, rows, the graph and the time of a reading query", async () => {
        const counted = await answer(RUN, { cypher: "MATCH (p:Patient) RETURN count(p) AS n" }, "researcher");
        expect(counted).toMatchObject({
          ...{ columns: ["n"], rows: [[count]], graph: { nodes: [], edges: [] }, truncated: false },
          ...{ durationMs: count, queryId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
        });
        const { rows } = await answer<{ rows: number[][] }>(RUN, { cypher: "RETURN $n + 1 AS n", parameters: { n: 1 } }, "researcher");
        expect(rows).toEqual([[2]]);
        const many = { cypher: "UNWIND range(1, 10) AS n RETURN n", limit: 3 };
        expect(await answer(RUN, many, "researcher")).toMatchObject({ rows: [[1], [2], [3]], truncated: true });
        const drawn = { cypher: "MATCH (d:Department)-[r:HAS_DOCTOR]->(x:Doctor) RETURN d, r, x" };
        const { graph } = await answer<{ graph: { nodes: object[]; edges: object[] } }>(RUN, drawn, "researcher");
        expect([graph.nodes.length, graph.edges.length]).toEqual([9, 6]);
        expect(graph.nodes[0]).toEqual({ id: text, labels: [text], properties: expect.any(Object) });
        expect(graph.edges[0]).toEqual({ id: text, type: "HAS_DOCTOR", from: text, to: text, properties: {} });
      });

      it("refuses what writes, what cannot be read and what takes too long, with the place and the construct", async () => {
        const refusal = async (cypher: string, as = "researcher") => {
          const { status, body } = await post(RUN, { cypher }, as);
          const { code, data } = body as { code: string; data: object };
          return { status, code, data };
        };
        const requestId = expect.stringMatching(/^[0-9a-f-]{36}$/);
        expect(await refusal("MATCH (p:Patient)\nCREATE (q:Patient) RETURN q")).toEqual({
          ...{ status: 422, code: "not-read-only", data: { requestId, construct: "CREATE", line: 2, column: 1 } },
        });
        expect(await refusal("MATCH (p:Patient RETURN p")).toEqual({
          ...{ status: 422, code: "syntax", data: expect.objectContaining({ requestId, line: 1, column: count }) },
        });
        const endless = "UNWIND range(1, 90000) AS a RETURN a, size([x IN range(1, 90000) WHERE x % 7 = a % 7]) AS n";
        expect(await refusal(endless)).toEqual({ status: 504, code: "timeout", data: { requestId } });
        expect(await refusal("RETURN 1 AS n", "doctor")).toEqual({ status: 403, code: "forbidden", data: { requestId } });
        await expectRefusal(422, "invalid-input", "parameters.n", post(RUN, { cypher: "RETURN $n AS n" }, "researcher"));
      }, 60_000);
    });

    describe("visits and the trail", () => {
      it("takes a visit from its beginning to a diagnosis in the chart", async () => {
        const { user } = await answer<{ user: { externalId: string } }>("session/whoAmI", {}, "doctor");
        const roster = await answer<Items>("patients/listRoster", { doctorId: user.externalId }, "doctor");
        const patientId = roster.items[0]?.id;
        const visit = await answer<{ id: string }>("encounters/startEncounter", { patientId, key: randomUUID() }, "doctor");
        const finding = { encounterId: visit.id, kind: "8310-5", value: 38.4, unit: "Cel", key: randomUUID() };
        expect(await answer("encounters/recordObservation", finding, "doctor")).toMatchObject({ id: text, value: 38.4, unit: "Cel" });
        const [condition] = (await answer<Items<{ code: string }>>("encounters/searchConditions", { text: "J06.9" }, "doctor")).items;
        const diagnosis = { encounterId: visit.id, code: condition?.code, key: randomUUID() };
        expect(await answer("encounters/recordDiagnosis", diagnosis, "doctor")).toMatchObject({ id: text, code: "J06.9" });
        const chart = await answer<{ encounters: object[]; observations: object[] }>("patients/getChart", { patientId }, "doctor");
        expect(chart.encounters[0]).toMatchObject({ id: visit.id, status: "open", diagnoses: [{ code: "J06.9" }] });
        expect(chart.observations).toContainEqual(expect.objectContaining({ encounterId: visit.id, value: 38.4 }));
      });

      it("verifies the audit trail and lists it", async () => {
        expect(await answer("reports/verifyAudit", {}, "admin")).toEqual({ ok: true, checked: count });
        const { items } = await answer<Items>("reports/auditLog", { limit: 3 }, "admin");
        expect(items).toEqual(items.map(() => expect.objectContaining({ seq: count, at: instant, action: text, phase: text })));
      });

      it("refuses with the status of the code, the field at fault and a reference", async () => {
        await expectRefusal(401, "unauthenticated", null, post("patients/search", { text: "a" }));
        await expectRefusal(403, "forbidden", null, post("patients/search", { text: "a" }, "admin"));
        await expectRefusal(403, "reauthentication-required", null, post("setup/removeSampleClinic", {}, "admin"));
        await expectRefusal(404, "not-found", null, post("patients/noSuchRoute", {}, "reception"));
        await expectRefusal(404, "not-found", "patientId", post("patients/get", { patientId: "P000002" }, "patient"));
        await expectRefusal(
          404,
          "not-found",
          "doctorId",
          post("scheduling/listFreeSlots", { doctorId: "D999999", day: "2026-03-04" }, "patient"),
        );
        await expectRefusal(
          422,
          "invalid-input",
          "day",
          post("scheduling/listFreeSlots", { doctorId: "D000001", day: "2026-02-30" }, "patient"),
        );
        await expectRefusal(
          422,
          "invalid-input",
          "birthDate",
          post("patients/register", { givenName: "A", familyName: "B", sex: "male" }, "reception"),
        );
        await expectRefusal(422, "invalid-input", "page", post("patients/getChart", { patientId: "P000001", page: 2 ** 53 - 1 }, "doctor"));
        await expectRefusal(
          409,
          "changed-meanwhile",
          "version",
          post("patients/update", { patientId: "P000002", version: 999, sex: "other" }, "reception"),
        );
        await expectRefusal(409, "already-set-up", null, post("setup/createClinic", CLINIC));
      });
    });
  });
}
