import type { SessionDocument } from "@main/data/documents/collections.ts";
import { collections, sessions } from "@main/data/documents/collections.ts";
import { openSqliteDocuments } from "@main/data/documents/sqlite.ts";
import type { Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { shellPage, sidewaysOverflow } from "../pages/shell-page.ts";
import { signInPage } from "../pages/sign-in-page.ts";
import { checkAxe, type E2eWorld, faults, openE2eWorld, SAMPLE_PASSWORD, shot } from "../world.ts";

let world: E2eWorld;
beforeAll(async () => {
  world = await openE2eWorld();
});
afterAll(() => world.close());

const NEW_PERSON = "#/admin/people?user=new";
const LONG_AGO = "2020-01-01T00:00:00.000Z";
const LOOKS = [
  ["en", "light"],
  ["ar", "dark"],
] as const;

/** Restarts the host, having changed the open sessions of its screens meanwhile: the only clock that a test cannot turn is the host's. */
async function restartWith(change: Partial<SessionDocument>): Promise<void> {
  await world.host.down();
  const documents = await openSqliteDocuments({ folder: world.host.folder, specs: collections });
  const open = documents.collection(sessions);
  for (const session of await open.find({})) {
    // The sessions of screens name their browser; the world's own go on.
    if (session.device.startsWith("Chrome")) await open.update(session.id, change);
  }
  await documents.close();
  await world.host.up();
}

/** An account that its owner has not signed in to yet. */
async function newAccount(username: string, password: string): Promise<{ id: string }> {
  await world.call("admin", "session/reauthenticate", { password: SAMPLE_PASSWORD });
  return world.call("admin", "staff/createUser", { username, password, displayName: "Rana Saleh", roles: ["reception"] });
}

async function typeName(page: Page, name: string): Promise<void> {
  await shellPage(page).newPerson.name.fill(name);
}

describe("the idle lock", () => {
  it.each(LOOKS)("warns, stays on request, then locks and gives the typed work back for the password (%s, %s)", async (language, theme) => {
    const page = await world.signedIn({ role: "admin", language, theme, at: NEW_PERSON });
    const shell = shellPage(page);
    await page.clock.install();
    await page.reload();
    await typeName(page, "Half typed");
    await page.clock.fastForward("09:00");
    await shell.lockSoon.waitFor();
    await shot(page, "lock-soon");
    await shell.lockSoon.click();
    await shell.lockSoon.waitFor({ state: "detached" });
    await page.clock.fastForward("10:00");
    await shell.lock.waitFor();
    await page.keyboard.press("Escape");
    await shell.unlock("not-the-password");
    await shell.wrongPassword.waitFor();
    await shell.unlock(SAMPLE_PASSWORD);
    await shell.lock.waitFor({ state: "detached" });
    expect(await shell.newPerson.name.inputValue()).toBe("Half typed");
    await page.context().close();
  });

  it("is not lifted by loading the page again", async () => {
    const page = await world.signedIn({ role: "admin", at: "#/account" });
    const shell = shellPage(page);
    await shell.railEntry(/^Lock$/).click();
    await shell.lock.waitFor();
    await page.reload();
    await shell.lock.waitFor();
    await shell.unlock(SAMPLE_PASSWORD);
    await shell.lock.waitFor({ state: "detached" });
    await page.context().close();
  });

  it("keeps the typed work when the host has ended the idle session meanwhile", async () => {
    const page = await world.signedIn({ role: "admin", at: NEW_PERSON });
    const shell = shellPage(page);
    await typeName(page, "Typed long ago");
    await shell.railEntry(/^Lock$/).click();
    await restartWith({ lastSeenAt: LONG_AGO });
    await shell.connectionLost.waitFor({ state: "detached" });
    await shell.unlock("not-the-password");
    await shell.wrongPassword.waitFor();
    await shell.unlock(SAMPLE_PASSWORD);
    await shell.lock.waitFor({ state: "detached" });
    expect(await shell.newPerson.name.inputValue()).toBe("Typed long ago");
    // The new session works: a role's own reading answers.
    await shell.railEntry(/^Audit$/).click();
    await shell.leave.click();
    await page.waitForURL(/#\/admin\/audit/);
    await page.getByRole("alert").waitFor({ state: "detached" });
    await page.context().close();
  });
});

describe("the end of a session", () => {
  it.each(LOOKS)("leads to sign-in, which says why (%s, %s)", async (language, theme) => {
    const page = await world.signedIn({ role: "reception", language, theme, at: "#/account" });
    await shellPage(page).rail.waitFor();
    await restartWith({ expiresAt: LONG_AGO });
    await page.waitForURL(/#\/sign-in/);
    await expect.poll(() => signInPage(page).notice.first().textContent()).toMatch(/signed out after a while|سُجّل خروجك/);
    await shot(page, "sign-in-ended");
    await page.context().close();
  });
});

describe("the connection to the host", () => {
  it.each(LOOKS)("says that it is lost, keeps the typed work and goes on without a reload (%s, %s)", async (language, theme) => {
    const page = await world.signedIn({ role: "admin", language, theme, at: NEW_PERSON });
    const shell = shellPage(page);
    await typeName(page, "Typed before");
    await world.host.down();
    await shell.connectionLost.waitFor();
    await shell.newPerson.username.fill(`after.${language}`);
    await shot(page, "connection-lost");
    expect(await checkAxe(page)).toEqual([]);
    await world.host.up();
    await shell.connectionLost.waitFor({ state: "detached" });
    expect(await shell.newPerson.name.inputValue()).toBe("Typed before");
    await shell.newPerson.password.fill("a sentence of her own");
    await shell.newPerson.role(/Cashier|أمين صندوق/).check();
    await shell.newPerson.add.click();
    // Kept work is no unsaved work: no question is asked on the way to the new account.
    await page.getByRole("heading", { name: "Typed before" }).waitFor();
    expect(await shell.unsaved.count()).toBe(0);
    await page.context().close();
  });
});

describe("unsaved work", () => {
  it.each(LOOKS)("is asked about before leaving, and stays or goes as told (%s, %s)", async (language, theme) => {
    const page = await world.signedIn({ role: "admin", language, theme, at: NEW_PERSON });
    const shell = shellPage(page);
    await typeName(page, "Not kept");
    await shell.railEntry(/^(Account|الحساب|حسابي)$/).click();
    await shell.unsaved.waitFor();
    await shot(page, "unsaved");
    expect(await checkAxe(page)).toEqual([]);
    await shell.stay.click();
    expect(await shell.newPerson.name.inputValue()).toBe("Not kept");
    await shell.railEntry(/^(System|النظام)$/).click();
    await shell.unsaved.waitFor();
    await page.keyboard.press("Escape");
    await shell.unsaved.waitFor({ state: "detached" });
    expect(await shell.newPerson.name.inputValue()).toBe("Not kept");
    await shell.railEntry(/^(Account|الحساب|حسابي)$/).click();
    await shell.leave.click();
    await page.waitForURL(/#\/account/);
    await page.context().close();
  });
});

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
