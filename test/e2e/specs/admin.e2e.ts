import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { adminPage } from "../pages/admin-page.ts";
import { deskPage } from "../pages/desk-page.ts";
import { signInPage } from "../pages/sign-in-page.ts";
import { words } from "../pages/words.ts";
import { checkAxe, type E2eWorld, faults, openE2eWorld, SAMPLE_PASSWORD, shot } from "../world.ts";

let world: E2eWorld;
beforeAll(async () => {
  world = await openE2eWorld();
});
afterAll(() => world.close());

const tomorrow = new Date(Date.now() + 27 * 3_600_000).toISOString().slice(0, 10);

describe.each([
  ["en", "light"],
  ["ar", "dark"],
] as const)("the administrator (%s, %s)", (language, theme) => {
  it("adds a department, a doctor and hours, and the desk gets the column", async () => {
    const page = await world.signedIn({ role: "admin", language, theme, at: "#/admin/clinic" });
    const screen = adminPage(page, language);
    const department = { name: `Eyes ${language}`, nameAr: `طب العيون ${language}` };
    const doctor = { name: `Dr Iris ${language}`, nameAr: `د. إيريس ${language}` };
    await screen.addDepartment(department.name, department.nameAr);
    await screen.addDoctor({ ...doctor, department: language === "ar" ? department.nameAr : department.name, room: "12" });
    const weekday = new Intl.DateTimeFormat(language, { weekday: "long", timeZone: "UTC" }).format(new Date(`${tomorrow}T12:00:00Z`));
    await screen.setHours(weekday, "0930", "12:00");
    await shot(page, "admin-doctor");
    expect(await checkAxe(page)).toEqual([]);
    const { items } = await world.call<{ items: { id: string; name: string }[] }>("admin", "clinic/listDoctors", {});
    const doctorId = items.find((item) => item.name === doctor.name)?.id ?? "";
    const { hours } = await world.call<{ hours: { startsAt: string; endsAt: string }[] }>("admin", "scheduling/getWorkingHours", {
      doctorId,
    });
    expect(hours.map(({ startsAt, endsAt }) => [startsAt, endsAt])).toEqual([["09:30", "12:00"]]);
    expect(faults(page)).toEqual([]);
    await page.context().close();

    const desk = await world.signedIn({ role: "reception", language, theme, at: `#/desk?day=${tomorrow}` });
    await deskPage(desk, language).column(doctorId).waitFor();
    await deskPage(desk, language)
      .head(language === "ar" ? doctor.nameAr : doctor.name)
      .waitFor();
    await desk.context().close();
  });

  it("creates a person who must choose a password first, and sees in the trail who did it", async () => {
    const session = words(language, "session");
    const reports = words(language, "reports");
    const username = `salma.${language}`;
    const first = "a first password for her";
    const page = await world.signedIn({ role: "admin", language, theme, at: "#/admin/people" });
    const screen = adminPage(page, language);
    await screen.addPerson({ name: `Salma ${language}`, username, password: first, role: "reception" });
    await shot(page, "admin-people");
    expect(await checkAxe(page)).toEqual([]);

    const hers = await world.open({ language, theme, at: "#/sign-in" });
    await signInPage(hers).signIn(username, first);
    await hers.waitForURL(/#\/account/);
    await hers.getByText(session("account.must")).waitFor();
    await hers.locator('input[autocomplete="current-password"]').fill(first);
    await hers.locator('input[autocomplete="new-password"]').fill("words that only she knows");
    await hers.locator('form button[type="submit"]').click();
    await hers.waitForURL(/#\/desk/);
    await expect(world.call(null, "session/signIn", { username, password: first })).rejects.toThrow("wrong-credentials");
    await hers.context().close();

    await page.goto(`${world.host.url}/#/admin/audit`);
    await screen.filterAudit("staff.createUser");
    await screen.row("Nadia Qasem").first().click();
    await screen.panel.getByText("staff.createUser").waitFor();
    await screen.panel.getByText("Nadia Qasem").waitFor();
    await shot(page, "admin-audit");
    expect(await checkAxe(page)).toEqual([]);
    await screen.verify();
    const whole = reports("whole_other").split(":")[0];
    await page.getByText(new RegExp(`^${whole}`)).waitFor();
    const verdict = await world.call<{ ok: boolean; checked: number }>("admin", "reports/verifyAudit", {});
    expect(verdict.ok).toBe(true);
    expect(faults(page)).toEqual([]);
    await page.context().close();
  });

  it("gives a reset code, changes roles and deactivates after a confirmation", async () => {
    const staff = words(language, "staff");
    const shell = words(language, "shell");
    const { id } = await world.call<{ id: string }>("admin", "staff/createUser", {
      displayName: `Leaving ${language}`,
      username: `leaving.${language}`,
      password: "a password of some length",
      roles: ["nurse"],
      locale: language,
    });
    const page = await world.signedIn({ role: "admin", language, theme, at: `#/admin/people?user=${id}` });
    const screen = adminPage(page, language);
    const { panel } = screen;
    await panel.getByRole("checkbox", { name: shell("roles.reception") }).check();
    await panel.getByRole("button", { name: staff("setRoles") }).click();
    await screen.prove(SAMPLE_PASSWORD);
    const person = async () => {
      const { items } = await world.call<{ items: { id: string; roles: string[]; status: string }[] }>("admin", "staff/listUsers", {
        text: `leaving.${language}`,
      });
      return items.find((item) => item.id === id);
    };
    await expect.poll(async () => (await person())?.roles.toSorted()).toEqual(["nurse", "reception"]);
    await panel.getByRole("button", { name: staff("reset") }).click();
    await panel.getByText(staff("resetCode")).waitFor();
    await panel.getByRole("button", { name: staff("deactivate"), exact: true }).click();
    await page
      .getByRole("dialog")
      .getByRole("button", { name: staff("deactivate"), exact: true })
      .click();
    await expect.poll(async () => (await person())?.status).toBe("deactivated");
    expect(faults(page)).toEqual([]);
    await page.context().close();
  });

  it("pairs a kiosk with a code and revokes it", async () => {
    const system = words(language, "system");
    const page = await world.signedIn({ role: "admin", language, theme, at: "#/admin/system" });
    const name = `Entrance ${language}`;
    await page.getByRole("textbox", { name: system("deviceName") }).fill(name);
    await page.getByRole("button", { name: system("pair"), exact: true }).click();
    await adminPage(page, language).prove(SAMPLE_PASSWORD);
    const code = (await page.locator("form bdi").first().textContent()) ?? "";
    await world.call(null, "system/claimDevice", { code });
    const status = async () =>
      (await world.call<{ items: { name: string; status: string }[] }>("admin", "system/listDevices", {})).items.find(
        (item) => item.name === name,
      )?.status;
    await expect.poll(status).toBe("paired");
    await shot(page, "admin-system");
    expect(await checkAxe(page)).toEqual([]);
    await page.getByRole("listitem").filter({ hasText: name }).getByRole("button").click();
    await page
      .getByRole("dialog")
      .getByRole("button", { name: system("revoke"), exact: true })
      .click();
    await expect.poll(status).toBe("revoked");
    expect(faults(page)).toEqual([]);
    await page.context().close();
  });
});
