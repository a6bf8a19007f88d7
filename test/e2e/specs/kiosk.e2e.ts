import type { Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dayOf, newPatient, visitToday } from "../clinic-data.ts";
import { kioskPage } from "../pages/kiosk-page.ts";
import { checkAxe, type E2eWorld, faults, type Language, openE2eWorld, type PageLook, SAMPLE_PASSWORD, shot } from "../world.ts";

const SIZE = { width: 1080, height: 1920 };
const NAMES = {
  en: { givenName: "Salma", familyName: "Kanaan" },
  ar: { givenName: "سلمى", familyName: "كنعان" },
} as const;
const BOTH = [
  ["en", "light"],
  ["ar", "dark"],
] as const;

let world: E2eWorld;
beforeAll(async () => {
  world = await openE2eWorld();
});
afterAll(() => world.close());

async function pairingCode(name: string, role = "kiosk"): Promise<string> {
  await world.call("admin", "session/reauthenticate", { password: SAMPLE_PASSWORD });
  return (await world.call<{ code: string }>("admin", "system/pairDevice", { name, role })).code;
}

async function kiosk(language: Language, look: PageLook = {}) {
  const page = await world.open({ size: SIZE, at: "#/kiosk", language, ...look });
  const screen = kioskPage(page, language);
  await screen.pair(await pairingCode(`Hall ${language}`));
  await screen.welcome.waitFor();
  return { page, screen };
}

async function looksRight(page: Page, language: Language, name: string) {
  await shot(page, name);
  expect(await checkAxe(page)).toEqual([]);
  expect(await kioskPage(page, language).smallTargets()).toEqual([]);
}

describe("kiosk", () => {
  it("is paired with an administrator's code, and ends the session of whoever was signed in there", async () => {
    const page = await world.signedIn({ role: "pharmacist", at: "#/kiosk", size: SIZE });
    const screen = kioskPage(page, "en");
    await screen.pair("NOTACODE");
    await screen.problem.waitFor();
    expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain("token");
    await shot(page, "kiosk-pairing");
    expect(await checkAxe(page)).toEqual([]);
    await screen.pair(await pairingCode("Hall"));
    await screen.welcome.waitFor();
    expect(await page.evaluate(() => sessionStorage.getItem("polyclinic.session"))).toBeNull();
    await page.goto(`${world.host.url}/#/account`);
    await page.waitForURL(/#\/sign-in/);
    const { items } = await world.call<{ items: { name: string; status: string }[] }>("admin", "system/listDevices", {});
    expect(items.find((device) => device.name === "Hall")?.status).toBe("paired");
    await page.context().close();
  });

  it.each(BOTH)("checks in with the code of today, by keyboard too, and shows nobody's name (%s, %s)", async (language, theme) => {
    const patient = await newPatient(world, NAMES[language]);
    const visit = await visitToday(world, patient);
    const { page, screen } = await kiosk(language, { theme });
    await looksRight(page, language, "kiosk-welcome");
    await screen.checkIn.click();
    await page.keyboard.type(visit.code.slice(0, 3));
    await looksRight(page, language, "kiosk-code");
    // The digits of an Arabic keyboard are the same numbers.
    const rest = visit.code.slice(3).replace(/\d/g, (digit) => (language === "ar" ? "٠١٢٣٤٥٦٧٨٩"[Number(digit)] : digit) ?? digit);
    await page.keyboard.insertText(rest);
    await page.keyboard.press("Enter");
    await screen.here.waitFor();
    await looksRight(page, language, "kiosk-visits");
    expect(await screen.everything()).not.toContain(patient.familyName);
    await screen.here.click();
    await screen.heading(screen.words.doneCheckIn).waitFor();
    await looksRight(page, language, "kiosk-checked-in");
    const held = await screen.everything();
    for (const personal of [patient.givenName, patient.familyName, patient.id, patient.birthDate]) expect(held).not.toContain(personal);
    expect((await dayOf(world, patient.id, visit.startsAt)).map(({ status }) => status)).toEqual(["arrived"]);

    // A second time at the kiosk: the visit says that they are checked in already.
    await screen.finish.click();
    await screen.checkIn.click();
    await screen.enterCode(visit.code);
    await page.getByText(screen.words.status.arrived).waitFor();
    expect(await screen.here.count()).toBe(0);
    expect(faults(page)).toEqual([]);
    await page.context().close();
  });

  it.each(BOTH)("answers a wrong code and a wrong name alike, and checks in by birth date and name (%s, %s)", async (language, theme) => {
    const patient = await newPatient(world, NAMES[language]);
    const visit = await visitToday(world, patient);
    const { page, screen } = await kiosk(language, { theme });
    await screen.checkIn.click();
    await screen.enterCode(visit.code === "000000" ? "000001" : "000000");
    await expect.poll(() => screen.problem.textContent()).toContain(screen.words.unknown.code);
    await looksRight(page, language, "kiosk-wrong-code");
    await screen.button(screen.words.byName).click();
    await screen.enterPerson({ ...patient, familyName: "Nobody" });
    await expect.poll(() => screen.problem.textContent()).toContain(screen.words.unknown.name);
    await looksRight(page, language, "kiosk-name");
    await page.getByLabel(screen.words.familyName).fill(patient.familyName);
    await screen.button(screen.words.continue).click();
    await screen.here.waitFor();
    expect(await screen.everything()).not.toContain(patient.familyName);
    await screen.here.click();
    await screen.heading(screen.words.doneCheckIn).waitFor();
    expect((await dayOf(world, patient.id, visit.startsAt)).map(({ status }) => status)).toEqual(["arrived"]);
    await page.context().close();
  });

  it.each(BOTH)("books for a known patient and shows the code that the clinic has too (%s, %s)", async (language, theme) => {
    const patient = await newPatient(world, NAMES[language]);
    const { page, screen } = await kiosk(language, { theme });
    await screen.book.click();
    await screen.enterPerson(patient);
    await screen.heading(screen.words.chooseDepartment).waitFor();
    await looksRight(page, language, "kiosk-department");
    const choice = page.locator("button:has(strong)");
    await choice.first().click();
    await screen.heading(screen.words.chooseDoctor).waitFor();
    await choice.first().click();
    await screen.heading(screen.words.chooseTime).waitFor();
    const time = page.getByRole("button", { name: /^\d\d:\d\d$/ });
    // Days without hours are passed over as a person would.
    for (let days = 0; days < 4; days++) {
      await screen.button(screen.words.dayAfter).click();
      await time.first().or(page.getByText(screen.words.noTimes)).waitFor();
      if ((await time.count()) > 0) break;
    }
    await looksRight(page, language, "kiosk-times");
    await time.first().click();
    await screen.heading(screen.words.doneBook).waitFor();
    await looksRight(page, language, "kiosk-booked");
    const shown = ((await page.getByRole("region", { name: screen.words.ticket }).textContent()) ?? "").match(/(\d{3}) (\d{3})/);
    const days = [0, 1, 2, 3, 4, 5].map((ahead) => new Date(Date.now() + ahead * 86_400_000).toISOString());
    const booked = (await Promise.all(days.map((instant) => dayOf(world, patient.id, instant)))).flat();
    expect(booked.map(({ status, code }) => [status, code])).toEqual([["booked", `${shown?.[1]}${shown?.[2]}`]]);
    expect(faults(page)).toEqual([]);
    await page.context().close();
  });

  it("keeps the step when the language changes, and lowers itself on request", async () => {
    const { page, screen } = await kiosk("en");
    await screen.checkIn.click();
    await page.keyboard.type("123");
    await screen.otherLanguage.click();
    const arabic = kioskPage(page, "ar");
    await arabic.heading(arabic.words.checkIn).waitFor();
    await arabic.button("بقيت 3 أرقام").waitFor();
    const before = await page.getByRole("button", { name: "5", exact: true }).boundingBox();
    await arabic.button(arabic.words.lower).click();
    const after = await page.getByRole("button", { name: "5", exact: true }).boundingBox();
    expect(after?.y).toBeGreaterThan(before?.y ?? Number.POSITIVE_INFINITY);
    await page.context().close();
  });

  it("says how long it waits, and forgets the person when nobody touches it", async () => {
    const patient = await newPatient(world, NAMES.en);
    const visit = await visitToday(world, patient);
    const { page, screen } = await kiosk("en");
    await page.clock.install();
    await screen.checkIn.click();
    await screen.button(screen.words.byName).click();
    await screen.enterPerson({ ...patient, familyName: "Nobody" });
    await screen.problem.waitFor();
    // Someone who is still typing keeps the screen.
    await page.clock.fastForward(50_000);
    await page.getByLabel(screen.words.familyName).press("End");
    await page.clock.fastForward(50_000);
    expect(await page.getByLabel(screen.words.givenName).inputValue()).toBe(patient.givenName);
    await page.clock.fastForward(11_000);
    await screen.welcome.waitFor();

    await screen.checkIn.click();
    await screen.enterCode(visit.code);
    await screen.here.waitFor();
    await page.clock.fastForward(61_000);
    await screen.welcome.waitFor();
    const held = await screen.everything();
    for (const personal of [patient.givenName, patient.familyName, patient.birthDate, visit.code, visit.id])
      expect(held).not.toContain(personal);
    expect((await dayOf(world, patient.id, visit.startsAt)).map(({ status }) => status)).toEqual(["booked"]);
    await page.context().close();
  });
});
