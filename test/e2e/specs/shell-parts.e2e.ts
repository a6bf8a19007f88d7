import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { shellPage, sidewaysOverflow } from "../pages/shell-page.ts";
import { signInPage } from "../pages/sign-in-page.ts";
import { checkAxe, type E2eWorld, faults, openE2eWorld, SAMPLE_PASSWORD, shot } from "../world.ts";

let world: E2eWorld;
beforeAll(async () => {
  world = await openE2eWorld();
});
afterAll(() => world.close());

const LOOKS = [
  ["en", "light"],
  ["ar", "dark"],
] as const;

/** An account that its owner has not signed in to yet. */
async function newAccount(username: string, password: string): Promise<{ id: string }> {
  await world.call("admin", "session/reauthenticate", { password: SAMPLE_PASSWORD });
  return world.call("admin", "staff/createUser", { username, password, displayName: "Rana Saleh", roles: ["reception"] });
}

describe("a fresh proof of the password", () => {
  it.each(LOOKS)("is asked for, and the act goes on with it, or not without it (%s, %s)", async (language, theme) => {
    const { id } = await newAccount(`proof.${language}`, "a first password of hers");
    const page = await world.signedIn({ role: "admin", language, theme, at: `#/admin/people?user=${id}` });
    const shell = shellPage(page);
    await shell.resetCode.click();
    await shell.proof.waitFor();
    await shot(page, "proof");
    expect(await checkAxe(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await shell.proof.waitFor({ state: "detached" });
    expect(await page.getByText(/^(Reset code:|رمز الاستعادة:)/).count()).toBe(0);
    await shell.resetCode.click();
    await shell.prove("not-the-password");
    await shell.wrongPassword.waitFor();
    await shell.prove(SAMPLE_PASSWORD);
    await page.getByText(/Reset code:|رمز الاستعادة/).waitFor();
    await page.context().close();
  });
});

describe("the palette", () => {
  it.each(LOOKS)("goes to pages and obeys commands by keyboard (%s, %s)", async (language, theme) => {
    const page = await world.signedIn({ role: "admin", language, theme });
    const shell = shellPage(page);
    const words = { en: { people: "people", lock: "lock" }, ar: { people: "العاملون", lock: "قفل" } }[language];
    await shell.rail.waitFor();
    await page.keyboard.press("Control+k");
    await shell.paletteBox.waitFor();
    await shot(page, "palette");
    expect(await checkAxe(page)).toEqual([]);
    const first = await shell.paletteChosen.textContent();
    await page.keyboard.press("ArrowDown");
    expect(await shell.paletteChosen.textContent()).not.toBe(first);
    await page.keyboard.press("ArrowUp");
    expect(await shell.paletteChosen.textContent()).toBe(first);
    await page.keyboard.type(words.people);
    await expect.poll(() => shell.paletteRows.count()).toBe(1);
    await page.keyboard.press("Enter");
    await page.waitForURL(/#\/admin\/people/);
    await page.keyboard.press("Control+k");
    await page.keyboard.type(words.lock);
    await expect.poll(() => shell.paletteRows.count()).toBe(1);
    await page.keyboard.press("Enter");
    await shell.lock.waitFor();
    await page.keyboard.press("Control+k");
    expect(await shell.palette.count()).toBe(0);
    expect(faults(page)).toEqual([]);
    await page.context().close();
  });

  it.each(LOOKS)("finds a patient for reception from the day's board (%s, %s)", async (language, theme) => {
    const page = await world.signedIn({ role: "reception", language, theme });
    const shell = shellPage(page);
    const { items } = await world.call<{ items: { id: string; familyName: string }[] }>("reception", "patients/listRoster", {});
    const patient = items[0];
    if (!patient) throw new Error("the sample has no patient");
    await shell.rail.waitFor();
    await page.keyboard.press("Control+k");
    await page.keyboard.type(patient.id);
    await shell.paletteRows.filter({ hasText: patient.id }).waitFor();
    await shot(page, "palette-patients");
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.hash === `#/patients?patient=${patient.id}`);
    await page.getByText(patient.familyName).first().waitFor();
    await page.context().close();
  });

  it("finds a patient once for a doctor, on the day as on every other screen", async () => {
    const page = await world.signedIn({ role: "doctor" });
    const shell = shellPage(page);
    const { items } = await world.call<{ items: { id: string }[] }>("doctor", "patients/search", { text: "a", limit: 1 });
    const id = items[0]?.id ?? "";
    for (const at of ["#/today", "#/account"]) {
      await page.goto(`${world.host.url}/${at}`);
      await shell.rail.waitFor();
      await page.keyboard.press("Control+k");
      await page.keyboard.type(id);
      await shell.paletteRows.filter({ hasText: id }).first().waitFor();
      expect(await shell.paletteRows.filter({ hasText: id }).count()).toBe(1);
      await page.keyboard.press("Enter");
      await page.waitForURL((url) => url.hash.startsWith("#/today") && url.hash.includes(id));
    }
    await page.context().close();
  });
});

describe("passwords of other people's making", () => {
  it.each(LOOKS)("leads a new account to its own password first, then home (%s, %s)", async (language, theme) => {
    const username = `first.${language}`;
    await newAccount(username, "a first password of hers");
    const page = await world.open({ language, theme, at: "#/sign-in" });
    await signInPage(page).signIn(username, "a first password of hers");
    await page.waitForURL(/#\/account/);
    await page.goto(`${world.host.url}/#/desk`);
    await page.waitForURL(/#\/account/);
    await shot(page, "account-first-password");
    expect(await checkAxe(page)).toEqual([]);
    const current = page.locator('input[autocomplete="current-password"]');
    const chosen = page.locator('input[autocomplete="new-password"]');
    await current.fill("a first password of hers");
    await chosen.fill("her very own sentence");
    await page.locator('main button[type="submit"]').click();
    await page.waitForURL(/#\/desk/);
    expect(faults(page)).toEqual([]);
    await page.context().close();
  });

  it.each(LOOKS)("sets a new one with the administrator's code and signs in with it (%s, %s)", async (language, theme) => {
    const username = `reset.${language}`;
    const { id } = await newAccount(username, "a first password of hers");
    const { code } = await world.call<{ code: string }>("admin", "staff/resetUserPassword", { userId: id });
    const page = await world.open({ language, theme, at: "#/sign-in" });
    await page.locator('a[href="#/reset"]').click();
    await page.locator('input[autocomplete="username"]').fill(username);
    await page.getByRole("textbox", { name: /^(Reset code|رمز إعادة التعيين)/ }).fill("WRONG-CODE");
    await page.locator('input[autocomplete="new-password"]').fill("her very own sentence");
    await page.locator('main button[type="submit"]').click();
    await page.getByText(/The code is wrong|الرمز خاطئ/).waitFor();
    await page.getByRole("textbox", { name: /^(Reset code|رمز إعادة التعيين)/ }).fill(code);
    await shot(page, "reset");
    expect(await checkAxe(page)).toEqual([]);
    await page.locator('main button[type="submit"]').click();
    await page.getByRole("button", { name: /^(Sign in|دخول|تسجيل الدخول)$/ }).click();
    await signInPage(page).signIn(username, "her very own sentence");
    await page.waitForURL(/#\/desk/);
    await page.context().close();
  });
});

describe("twice the size", () => {
  const ZOOMED = { width: 720, height: 450 };

  it.each([
    ["en", "normal", "light"],
    ["ar", "high", "light"],
    ["en", "high", "dark"],
    ["ar", "normal", "dark"],
  ] as const)("cuts nothing off sideways before sign-in and on the account (%s, %s, %s)", async (language, contrast, theme) => {
    const look = { language, contrast, theme, size: ZOOMED } as const;
    const front = await world.open({ ...look, at: "#/sign-in" });
    await signInPage(front).username.waitFor();
    await shot(front, "zoom-sign-in");
    expect(await sidewaysOverflow(front)).toBe(0);
    await front.context().close();
    const page = await world.signedIn({ role: "admin", ...look, at: "#/account" });
    await page.getByRole("list").last().waitFor();
    await shot(page, "zoom-account");
    expect(await sidewaysOverflow(page)).toBe(0);
    expect(await checkAxe(page)).toEqual([]);
    await page.context().close();
  });

  it.each(LOOKS)("cuts nothing off sideways in the first run (%s, %s)", async (language, theme) => {
    const empty = await openE2eWorld({ sample: false });
    try {
      const page = await empty.open({ language, theme, contrast: "high", size: ZOOMED });
      await page.waitForURL(/#\/setup/);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await shot(page, "zoom-setup");
      expect(await sidewaysOverflow(page)).toBe(0);
      expect(await checkAxe(page)).toEqual([]);
      await page.locator("main section button").first().click();
      await page.locator("form").waitFor();
      await shot(page, "zoom-setup-form");
      expect(await sidewaysOverflow(page)).toBe(0);
    } finally {
      await empty.close();
    }
  });
});
