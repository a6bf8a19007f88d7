import { readFile } from "node:fs/promises";
import errors from "@renderer/app/i18n/en/errors.json" with { type: "json" };
import type { RouteOutput } from "@renderer/lib/contract-types.ts";
import type { Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dayOf, newPatient } from "../clinic-data.ts";
import { invitationPage, portalPage } from "../pages/portal-page.ts";
import { checkAxe, type E2eWorld, faults, type Language, openE2eWorld, shot } from "../world.ts";

const PHONE = { width: 390, height: 844 };
const PASSWORD = "a quiet morning in May";
const NAMES = {
  en: { givenName: "Amal", familyName: "Sabbagh" },
  ar: { givenName: "أمل", familyName: "صبّاغ" },
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

/** Looks right on a phone: no serious finding, nothing wider than the screen. */
async function looksRight(page: Page, name: string) {
  await shot(page, name);
  expect(await checkAxe(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
}

/** All of a patient's appointments, asked with their own session. */
async function appointmentsOf(page: Page): Promise<RouteOutput<"scheduling", "listMyAppointments">> {
  const token = await page.evaluate(() => sessionStorage.getItem("polyclinic.session"));
  const response = await fetch(`${world.host.url}/api/scheduling/listMyAppointments`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: "{}",
  });
  return (await response.json()) as RouteOutput<"scheduling", "listMyAppointments">;
}

async function invited(language: Language, theme: "light" | "dark") {
  const patient = await newPatient(world, NAMES[language]);
  const { code } = await world.call<{ code: string }>("reception", "patients/issueInvitation", { patientId: patient.id });
  const page = await world.open({ language, theme, size: PHONE, at: "#/invitation" });
  const form = invitationPage(page, language);
  await form.submit.waitFor();
  await form.fill({ code, birthDate: patient.birthDate, username: `amal.${language}`, password: PASSWORD });
  await looksRight(page, "invitation");
  await form.submit.click();
  await page.waitForURL(/#\/portal/);
  return { patient, page, screen: portalPage(page, language) };
}

describe("portal", () => {
  it.each(BOTH)(
    "takes an invited patient from the desk's code to a booked, moved and cancelled visit (%s, %s)",
    async (language, theme) => {
      const { patient, page, screen } = await invited(language, theme);
      const { words } = screen;
      await page.getByText(words.next.none).waitFor();
      await looksRight(page, "portal-empty");

      // Book: a doctor, a time, a confirmation.
      await screen.button(words.book.first).click();
      const taps = await screen.countTaps();
      await page.getByRole("listitem").getByRole("button").first().click();
      await screen.times.first().waitFor();
      await looksRight(page, "portal-times");
      await screen.times.first().click();
      await page.getByLabel(words.book.reason).fill("Cough");
      await looksRight(page, "portal-confirm");
      await screen.button(words.book.confirm).click();
      await screen.next.waitFor();
      expect(await taps()).toBeLessThanOrEqual(4); // the fourth is the touch into the field that may stay empty
      await looksRight(page, "portal-home");
      const [booked] = (await appointmentsOf(page)).upcoming;
      if (!booked) throw new Error("nothing was booked");
      expect(await dayOf(world, patient.id, booked.startsAt)).toMatchObject([{ id: booked.id, status: "booked", reason: "Cough" }]);
      expect(await screen.next.textContent()).toContain(`${booked.code.slice(0, 3)} ${booked.code.slice(3)}`);

      // To the person's own calendar.
      const [download] = await Promise.all([page.waitForEvent("download"), screen.button(words.next.calendar).click()]);
      expect(download.suggestedFilename()).toBe(`visit-${booked.id}.ics`);
      const file = await readFile(await download.path(), "utf8");
      expect(file).toContain(`DTSTART:${booked.startsAt.replace(/[-:]|\.000/g, "")}\r\n`);
      expect(file).not.toContain("Cough");

      // Move it, by the same three steps.
      await screen.button(words.next.move).click();
      await screen.times.nth(1).click();
      await screen.button(words.book.confirmMove).click();
      await screen.next.waitFor();
      const { upcoming } = await appointmentsOf(page);
      expect(upcoming).toHaveLength(1);
      const [moved] = upcoming;
      if (!moved) throw new Error("nothing was moved");
      expect(moved.startsAt > booked.startsAt).toBe(true);
      expect((await dayOf(world, patient.id, booked.startsAt)).filter(({ status }) => status === "booked").map(({ id }) => id)).toEqual(
        moved.startsAt.slice(0, 10) === booked.startsAt.slice(0, 10) ? [moved.id] : [],
      );

      // Cancel: the question can be left, and is answered.
      await screen.tab("visits").click();
      await screen.button(words.visits.cancel).click();
      await screen.question.waitFor();
      await looksRight(page, "portal-cancel");
      await screen.button(words.visits.keep).click();
      await screen.question.waitFor({ state: "detached" });
      expect((await appointmentsOf(page)).upcoming).toHaveLength(1);
      await screen.button(words.visits.cancel).click();
      await screen.button(words.visits.cancelIt).click();
      await screen.question.waitFor({ state: "detached" });
      await page.getByText(words.next.none).waitFor();
      expect((await dayOf(world, patient.id, moved.startsAt)).find(({ id }) => id === moved.id)?.status).toBe("cancelled");
      expect(faults(page)).toEqual([]);
      await page.context().close();
    },
  );

  it.each(BOTH)("books in three taps from home with the patient's own doctor (%s, %s)", async (language, theme) => {
    const page = await world.signedIn({ role: "patient", language, theme, size: PHONE });
    const screen = portalPage(page, language);
    const { words } = screen;
    const more = screen.button(words.book.more);
    await more.waitFor();
    await looksRight(page, "portal-sample-home");
    const before = await appointmentsOf(page);
    const taps = await screen.countTaps();
    await more.click();
    await screen.times.last().click();
    await screen.button(words.book.confirm).click();
    await more.waitFor();
    expect(await taps()).toBe(3);
    const after = await appointmentsOf(page);
    const added = after.upcoming.filter(({ id }) => !before.upcoming.some((visit) => visit.id === id));
    expect(added).toHaveLength(1);
    const own = before.upcoming.find(({ status }) => status === "booked") ?? before.upcoming[0] ?? before.past[0];
    expect(added[0]?.doctorId).toBe(own?.doctorId);
    expect(faults(page)).toEqual([]);
    await page.context().close();
  });

  it.each(BOTH)("shows patients their own record in words, and what the clinic has on file (%s, %s)", async (language, theme) => {
    const page = await world.signedIn({ role: "patient", language, theme, size: PHONE });
    const screen = portalPage(page, language);
    const { words } = screen;
    await screen.tab("record").click();
    await page.getByText("Penicillin G").waitFor();
    expect(await page.getByText(words.record.severity.severe).isVisible()).toBe(true);
    const visits = page.locator("summary");
    const plans = page.locator("details[open]");
    for (let at = 0; at < (await visits.count()); at++) await visits.nth(at).click();
    expect(await plans.count()).toBe(await visits.count());
    await looksRight(page, "portal-record");
    const record = (await page.getByRole("main").textContent()) ?? "";
    expect(record).toContain(words.record.kinds["blood-pressure"]);
    expect(record).toMatch(/\d{2,3}\/\d{2,3} mmHg/);
    // Every reading has a word; none is left as a code.
    expect(record).not.toMatch(/\d{4,5}-\d(?!\d)/);
    await screen.tab("profile").click();
    await page.getByText("P000001").waitFor();
    await looksRight(page, "portal-profile");
    await screen.tab("visits").click();
    await page.getByText(words.visits.past).waitFor();
    await looksRight(page, "portal-visits");
    expect(faults(page)).toEqual([]);
    await page.context().close();
  });

  it("refuses a second account with a used invitation, and keeps what was typed", async () => {
    const patient = await newPatient(world, { givenName: "Rima", familyName: "Awad" });
    const { code } = await world.call<{ code: string }>("reception", "patients/issueInvitation", { patientId: patient.id });
    await world.call(null, "session/acceptInvitation", { code, birthDate: patient.birthDate, username: "rima", password: PASSWORD });
    const page = await world.open({ size: PHONE, at: "#/invitation" });
    const form = invitationPage(page, "en");
    await form.submit.waitFor();
    await form.fill({ code, birthDate: patient.birthDate, username: "rima.two", password: PASSWORD });
    await form.submit.click();
    await page.getByText(errors["invalid-code"]).waitFor();
    expect(page.url()).toContain("#/invitation");
    expect(await page.getByRole("textbox", { name: /^Choose a user name/ }).inputValue()).toBe("rima.two");
    await page.context().close();
  });

  it("is laid out for a desktop too", async () => {
    const page = await world.signedIn({ role: "patient", theme: "dark" });
    await portalPage(page, "en").tab("home").waitFor();
    await page.getByRole("region").first().waitFor();
    await shot(page, "portal-desktop");
    expect(await checkAxe(page)).toEqual([]);
    await page.context().close();
  });
});
