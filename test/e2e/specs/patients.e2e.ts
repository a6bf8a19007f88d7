import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { patientsPage } from "../pages/patients-page.ts";
import { checkAxe, type E2eWorld, faults, openE2eWorld, shot } from "../world.ts";

interface Patient {
  id: string;
  givenName: string;
  familyName: string;
  birthDate: string;
  phone: string | null;
}

let world: E2eWorld;
beforeAll(async () => {
  world = await openE2eWorld();
});
afterAll(() => world.close());

const search = async (text: string) =>
  (await world.call<{ items: Patient[] }>("reception", "patients/search", { text })).items.filter(
    (item) => `${item.givenName} ${item.familyName}` === text,
  );

describe.each([
  ["en", "light", { givenName: "Nawal", familyName: "Sweidan", birthDate: "1988-03-09", sex: "female" }],
  ["ar", "dark", { givenName: "غادة", familyName: "مهيار", birthDate: "1991-12-30", sex: "female" }],
] as const)("patients at the desk (%s, %s)", (language, theme, who) => {
  const name = `${who.givenName} ${who.familyName}`;

  it("registers a patient, warns of a likely duplicate, and registers the other person after the confirmation", async () => {
    const page = await world.signedIn({ role: "reception", language, theme, at: "#/patients?patient=new" });
    const screen = patientsPage(page, language);
    await screen.fill(who);
    await shot(page, "patients-register");
    expect(await checkAxe(page)).toEqual([]);
    await screen.register.click();
    await expect.poll(() => screen.name.textContent()).toContain(name);
    expect((await search(name)).map(({ birthDate }) => birthDate)).toEqual([who.birthDate]);

    await page.keyboard.press("F3");
    await screen.fill(who);
    await screen.likely.waitFor();
    expect(await screen.answerFirst.isDisabled()).toBe(true);
    await shot(page, "patients-duplicate");
    expect(await checkAxe(page)).toEqual([]);
    expect(await search(name)).toHaveLength(1);
    await screen.notTheSame.click();
    await screen.register.click();
    await expect.poll(async () => (await search(name)).length).toBe(2);
    expect(faults(page)).toEqual([]);
    await page.context().close();
  });

  it("finds a person by part of the name, corrects the phone and goes on to book", async () => {
    const other = { ...who, givenName: language === "ar" ? "لينا" : "Raida", birthDate: "1970-05-05" };
    const fullName = `${other.givenName} ${other.familyName}`;
    const { id } = await world.call<Patient>("reception", "patients/register", { ...other, confirmNotDuplicate: true });
    const page = await world.signedIn({ role: "reception", language, theme, at: "#/patients" });
    const screen = patientsPage(page, language);
    await screen.find.fill(other.givenName.slice(0, 3));
    await screen.row(fullName).click();
    await expect.poll(() => screen.name.textContent()).toContain(fullName);
    await screen.phone.fill("0797 654 321");
    await screen.save.click();
    await expect.poll(async () => (await search(fullName))[0]?.phone?.replace(/\s/g, "")).toBe("0797654321");
    await shot(page, "patients");
    expect(await checkAxe(page)).toEqual([]);
    await screen.book.click();
    await page.waitForURL((url) => url.hash.includes(`book=${id}`));
    expect(faults(page)).toEqual([]);
    await page.context().close();
  });
});
