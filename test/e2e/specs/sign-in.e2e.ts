import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signInPage } from "../pages/sign-in-page.ts";
import { checkAxe, type E2eWorld, faults, openE2eWorld, SAMPLE_PASSWORD, shot } from "../world.ts";

let world: E2eWorld;
beforeAll(async () => {
  world = await openE2eWorld();
});
afterAll(() => world.close());

describe("sign-in", () => {
  it("says in words that name or password is wrong, and lets the right ones in", async () => {
    const page = await world.open({ at: "#/sign-in" });
    const screen = signInPage(page);
    await screen.signIn("reception", "not-the-password");
    await expect.poll(() => screen.problem.textContent()).toContain("wrong");
    await screen.signIn("reception", SAMPLE_PASSWORD);
    await page.waitForURL(/#\/desk/);
    expect(await page.getByTestId("sample-mark").isVisible()).toBe(true);
    await page.context().close();
  });

  it.each([
    ["en", "light"],
    ["ar", "dark"],
    ["en", "dark"],
    ["ar", "light"],
  ] as const)("lists the sample accounts and has no serious accessibility finding (%s, %s)", async (language, theme) => {
    const page = await world.open({ language, theme, at: "#/sign-in" });
    const screen = signInPage(page);
    await screen.sampleAccounts.first().waitFor();
    expect(await screen.sampleAccounts.count()).toBeGreaterThanOrEqual(8);
    expect(await page.evaluate(() => document.documentElement.dir)).toBe(language === "ar" ? "rtl" : "ltr");
    await shot(page, "sign-in");
    expect(await checkAxe(page)).toEqual([]);
    expect(faults(page)).toEqual([]);
    await page.context().close();
  });

  it("signs in as a sample role with one click and signs out again, saying so", async () => {
    const page = await world.open({ at: "#/sign-in" });
    const screen = signInPage(page);
    await screen.sampleAccounts.filter({ hasText: "Administrator" }).click();
    await page.waitForURL(/#\/admin/);
    await page.getByRole("button", { name: /My account/ }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.waitForURL(/#\/sign-in/);
    await expect.poll(() => screen.notice.textContent()).toContain("signed out");
    await page.context().close();
  });

  it("switches the language without a reload and keeps what was typed", async () => {
    const page = await world.open({ at: "#/sign-in" });
    await signInPage(page).username.fill("doctor");
    await page.evaluate(() => Object.assign(globalThis, { sameDocument: true }));
    await page.getByText("العربية").click();
    await expect.poll(() => page.evaluate(() => document.documentElement.dir)).toBe("rtl");
    expect(await signInPage(page).username.inputValue()).toBe("doctor");
    expect(await page.evaluate(() => "sameDocument" in globalThis)).toBe(true);
    await page.context().close();
  });

  it("locks on request, keeps the screen behind the lock and opens it with the password", async () => {
    const page = await world.signedIn({ role: "admin", at: "#/account" });
    await page.getByRole("textbox", { name: /New password/ }).fill("half typed");
    await page.getByRole("navigation").getByRole("button", { name: "Lock" }).click();
    const lock = page.getByRole("dialog", { name: "Locked" });
    await lock.getByRole("textbox", { name: "Password" }).fill("wrong-password");
    await lock.getByRole("button", { name: "Unlock" }).click();
    await lock.getByText("The password is wrong.", { exact: true }).waitFor();
    await shot(page, "lock");
    expect(await checkAxe(page)).toEqual([]);
    await lock.getByRole("textbox", { name: "Password" }).fill(SAMPLE_PASSWORD);
    await lock.getByRole("button", { name: "Unlock" }).click();
    await lock.waitFor({ state: "detached" });
    expect(await page.getByRole("textbox", { name: /New password/ }).inputValue()).toBe("half typed");
    await page.context().close();
  });

  it("ends another of my sessions, which is then shown the sign-in screen with the reason", async () => {
    const elsewhere = await world.signedIn({ role: "lab", at: "#/account" });
    const page = await world.signedIn({ role: "lab", at: "#/account" });
    const ends = page.getByRole("button", { name: "End", exact: true });
    await ends.first().waitFor();
    await shot(page, "account");
    expect(await checkAxe(page)).toEqual([]);
    // Every other session of this account, the HTTP one of the world included.
    for (let left = await ends.count(); left > 0; left--) {
      await ends.first().click();
      await page.getByRole("dialog").getByRole("button", { name: "End" }).click();
      await expect.poll(() => ends.count()).toBe(left - 1);
    }
    await elsewhere.waitForURL(/#\/sign-in/);
    await expect.poll(() => signInPage(elsewhere).notice.textContent()).toContain("ended from another device");
    await page.context().close();
    await elsewhere.context().close();
  });
});
