import type { SessionDocument } from "@main/data/documents/collections.ts";
import { collections, sessions } from "@main/data/documents/collections.ts";
import { openSqliteDocuments } from "@main/data/documents/sqlite.ts";
import type { Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { shellPage } from "../pages/shell-page.ts";
import { signInPage } from "../pages/sign-in-page.ts";
import { checkAxe, type E2eWorld, openE2eWorld, SAMPLE_PASSWORD, shot } from "../world.ts";

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
