import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deskPage } from "../pages/desk-page.ts";
import { checkAxe, type E2eWorld, faults, openE2eWorld, shot } from "../world.ts";

interface Visit {
  id: string;
  status: string;
  startsAt: string;
  patientId: string;
  overlap: boolean;
  version: number;
}

const DAY_MS = 86_400_000;
const ZONE_HOURS = 3;
const clinicDay = (ms: number) => new Date(ms + ZONE_HOURS * 3_600_000).toISOString().slice(0, 10);
const today = clinicDay(Date.now());
const tomorrow = clinicDay(Date.now() + DAY_MS);
const at = (time: string) => new Date(`${tomorrow}T${time}:00+03:00`).toISOString();

let world: E2eWorld;
beforeAll(async () => {
  world = await openE2eWorld();
});
afterAll(() => world.close());

/** A doctor of the test's own who works around the clock, so that the hour of the run does not matter. */
async function doctor(name: string): Promise<string> {
  const { items } = await world.call<{ items: { id: string }[] }>("admin", "clinic/listDepartments", {});
  const made = await world.call<{ id: string }>("admin", "clinic/createDoctor", { name, departmentId: items[0]?.id, slotMinutes: 20 });
  const { version } = await world.call<{ version: number }>("admin", "scheduling/getWorkingHours", { doctorId: made.id });
  const hours = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, startsAt: "00:00", endsAt: "23:40" }));
  await world.call("admin", "scheduling/setWorkingHours", { doctorId: made.id, version, hours });
  return made.id;
}

let registered = 0;
async function patient(givenName: string): Promise<{ id: string; name: string }> {
  registered += 1;
  const familyName = `Qandil${String.fromCharCode(96 + registered)}`;
  const made = await world.call<{ id: string }>("reception", "patients/register", {
    givenName,
    familyName,
    birthDate: `1980-01-${String(registered).padStart(2, "0")}`,
    sex: "female",
    confirmNotDuplicate: true,
  });
  return { id: made.id, name: `${givenName} ${familyName}` };
}

const book = (patientId: string, doctorId: string, time: string) =>
  world.call<Visit>("reception", "scheduling/bookAppointment", { patientId, doctorId, startsAt: at(time), key: crypto.randomUUID() });

async function visitsOf(patientId: string, doctorId: string, day = tomorrow): Promise<Visit[]> {
  const { items } = await world.call<{ items: Visit[] }>("reception", "scheduling/listDay", { day, doctorId });
  return items.filter((item) => item.patientId === patientId && item.status !== "cancelled");
}

describe.each([
  ["en", "light"],
  ["ar", "dark"],
] as const)("the desk (%s, %s)", (language, theme) => {
  const signedIn = (at: string) => world.signedIn({ role: "reception", language, theme, at });

  it("shows the day of every doctor without a serious accessibility finding", async () => {
    const page = await signedIn("#/desk");
    await page.locator("[data-doctor]").nth(5).waitFor();
    await shot(page, "desk");
    expect(await checkAxe(page)).toEqual([]);
    expect(faults(page)).toEqual([]);
    await page.context().close();
  });

  it("moves a visit by drag, asks for a reason to overlap, and marks the overlap as on purpose", async () => {
    const doctorId = await doctor(`Dr Drag ${language}`);
    const [moved, other] = [await patient("Moved"), await patient("Other")];
    await book(moved.id, doctorId, "10:00");
    await book(other.id, doctorId, "11:00");
    const page = await signedIn(`#/desk?day=${tomorrow}&doctor=${doctorId}`);
    const desk = deskPage(page, language);
    await desk.drag(desk.strip(doctorId, moved.name), 2);
    await expect.poll(async () => (await visitsOf(moved.id, doctorId)).map((visit) => visit.startsAt)).toEqual([at("10:40")]);

    await desk.strip(doctorId, moved.name).getByText("10:40").waitFor({ state: "attached" });
    await desk.drag(desk.strip(doctorId, moved.name), 1);
    await desk.reason.waitFor();
    await shot(page, "desk-overlap-asked");
    expect(await checkAxe(page)).toEqual([]);
    expect((await visitsOf(moved.id, doctorId))[0]?.startsAt).toBe(at("10:40"));
    await desk.insist("Sisters who come together");
    await expect
      .poll(async () => (await visitsOf(moved.id, doctorId)).map(({ startsAt, overlap }) => ({ startsAt, overlap })))
      .toEqual([{ startsAt: at("11:00"), overlap: true }]);
    await page.context().close();
  });

  it("books in free time that was touched, which another desk sees at once, and cancels after a confirmation", async () => {
    const doctorId = await doctor(`Dr Book ${language}`);
    const [anchor, booked] = [await patient("Anchor"), await patient("Booked")];
    await book(anchor.id, doctorId, "10:00");
    const where = `#/desk?day=${tomorrow}&doctor=${doctorId}`;
    const [page, elsewhere] = [await signedIn(where), await signedIn(where)];
    const desk = deskPage(page, language);
    await desk.touchBelow(desk.strip(doctorId, anchor.name), 3);
    await desk.pick(booked.name);
    await shot(page, "desk-book");
    expect(await checkAxe(page)).toEqual([]);
    await desk.book("11:00").click();
    await expect.poll(async () => (await visitsOf(booked.id, doctorId)).map((visit) => visit.startsAt)).toEqual([at("11:00")]);
    await deskPage(elsewhere, language).strip(doctorId, booked.name).waitFor();

    await desk.cancel();
    await expect.poll(() => visitsOf(booked.id, doctorId)).toEqual([]);
    await deskPage(elsewhere, language).strip(doctorId, booked.name).waitFor({ state: "detached" });
    await page.context().close();
    await elsewhere.context().close();
  });

  it("books and moves by keyboard alone", async () => {
    const doctorId = await doctor(`Dr Keys ${language}`);
    const who = await patient("Keys");
    const page = await signedIn(`#/desk?day=${tomorrow}&doctor=${doctorId}`);
    const desk = deskPage(page, language);
    await desk.column(doctorId).waitFor();
    await page.keyboard.press("b");
    await desk.pick(who.name);
    await page.locator("[role=group] button:focus").waitFor();
    const first = (await page.locator("[role=group] button:focus").textContent()) ?? "";
    await page.keyboard.press("Enter");
    await page.keyboard.press("Control+Enter");
    const bookedDay = () => world.call<{ items: (Visit & { doctorId: string })[] }>("reception", "scheduling/listDay", { day: tomorrow });
    await expect.poll(async () => (await bookedDay()).items.some((item) => item.patientId === who.id)).toBe(true);
    const { items } = await bookedDay();
    const visit = items.find((item) => item.patientId === who.id);
    expect(visit?.startsAt).toBe(at(first));

    // The panel of the visit moves it too, for whoever cannot drag.
    const target = desk.panel.locator("[role=group] button").last();
    await target.waitFor();
    const time = (await target.textContent()) ?? "";
    await target.focus();
    await page.keyboard.press("Enter");
    await expect.poll(async () => (await visitsOf(who.id, visit?.doctorId ?? "")).map((moved) => moved.startsAt)).toEqual([at(time)]);
    await page.context().close();
  });

  it("takes a walk-in within ten seconds of keys, and marks a booked visit as arrived", async () => {
    await doctor(`Dr Walk ${language}`);
    const who = await patient("Walker");
    const page = await signedIn("#/desk");
    const desk = deskPage(page, language);
    await page.locator("[data-doctor]").first().waitFor();
    const begun = Date.now();
    await desk.walkIn(who.name);
    await expect
      .poll(async () => {
        const { items } = await world.call<{ items: Visit[] }>("reception", "scheduling/listDay", { day: today });
        return items.find((item) => item.patientId === who.id)?.status;
      })
      .toBe("arrived");
    expect(Date.now() - begun).toBeLessThan(10_000);
    await shot(page, "desk-walk-in");
    expect(await checkAxe(page)).toEqual([]);

    const doctorId = await doctor(`Dr Late ${language}`);
    const late = await patient("Late");
    const startsAt = new Date(Math.ceil((Date.now() + 60_000) / 300_000) * 300_000).toISOString();
    const visit = await world.call<Visit>("reception", "scheduling/bookAppointment", {
      patientId: late.id,
      doctorId,
      startsAt,
      key: crypto.randomUUID(),
      override: { reason: "Begins off the doctor's grid" },
    });
    await page.goto(`${world.host.url}/#/desk?visit=${visit.id}`);
    await desk.arrived.click();
    await expect.poll(async () => (await visitsOf(late.id, doctorId, today)).map(({ status }) => status)).toEqual(["arrived"]);
    expect(faults(page)).toEqual([]);
    await page.context().close();
  });
});

it("keeps the desk legible in high contrast", async () => {
  const page = await world.signedIn({ role: "reception", theme: "dark", contrast: "high", at: "#/desk" });
  await page.locator("[data-doctor]").nth(5).waitFor();
  await shot(page, "desk");
  expect(await checkAxe(page)).toEqual([]);
  await page.context().close();
});
