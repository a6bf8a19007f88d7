import type { RouteOutput } from "@renderer/lib/contract-types.ts";
import type { Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { messagesPage, photo } from "../pages/messages-page.ts";
import { words } from "../pages/words.ts";
import { checkAxe, type E2eWorld, faults, openE2eWorld, shot } from "../world.ts";

const PHONE = { width: 390, height: 844 };
const BOTH = [
  ["en", "light"],
  ["ar", "dark"],
] as const;
/** A message is on the other screen within this, at the latest; the bench measures it closely. */
const SOON_MS = 2_000;
/** The whole journey on two screens, with a look and an accessibility check at each of its stations. */
const JOURNEY_MS = 300_000;

let world: E2eWorld;
beforeAll(async () => {
  world = await openE2eWorld();
});
afterAll(() => world.close());

type Conversation = RouteOutput<"messaging", "listConversations">["items"][number];

/** The conversation of the sample's doctor and patient, as the doctor sees it. */
async function theirs(): Promise<Conversation> {
  const me = await world.call<{ user: { id: string } }>("patient", "session/whoAmI", {});
  const { items } = await world.call<{ items: Conversation[] }>("doctor", "messaging/listConversations", {});
  const found = items.find(({ participants }) => participants.some(({ userId }) => userId === me.user.id));
  if (!found) throw new Error("the sample's doctor and patient do not write to each other");
  return found;
}

async function looksRight(page: Page, name: string) {
  await shot(page, name);
  expect(await checkAxe(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - globalThis.innerWidth)).toBeLessThanOrEqual(0);
}

describe("messages", () => {
  it.each(BOTH)(
    "let a doctor and a patient chat with an image, live on both screens (%s, %s)",
    async (language, theme) => {
      const doctorScreen = await world.signedIn({ role: "doctor", language, theme });
      const patientScreen = await world.signedIn({ role: "patient", language, theme, size: PHONE });
      const [doctor, patient] = [messagesPage(doctorScreen, language), messagesPage(patientScreen, language)];
      const shell = words(language, "shell");
      const portal = words(language, "portal");

      // The patient writes from the portal; the doctor, at work elsewhere, sees the count rise.
      const before = (await theirs()).unread;
      const total = () => world.call<{ unread: number }>("doctor", "messaging/listConversations", {}).then(({ unread }) => unread);
      const all = await total();
      await patientScreen
        .getByRole("navigation")
        .getByRole("button", { name: new RegExp(portal("tabs.messages")) })
        .click();
      await patient.list.waitFor();
      await looksRight(patientScreen, "messages-phone-list");
      await patient.conversation("Dr Reem Barakat").click();
      await patient.log.waitFor();
      await patient.send(`Good morning, doctor (${language})`);
      await expect.poll(() => doctorScreen.title()).toBe(`(${all + 1}) ${shell("product")}`);
      const rail = doctorScreen.getByRole("navigation").getByRole("button", { name: new RegExp(shell("rail.messages")) });
      expect(await rail.textContent()).toContain(String(all + 1));
      expect((await theirs()).unread).toBe(before + 1);

      // Opening it reads it: the count falls, and the patient's bubble says so.
      await rail.click();
      await doctor.conversation("Layla Haddad").click();
      await doctor.message(`Good morning, doctor (${language})`).waitFor();
      await patient.message(`Good morning, doctor (${language})`).getByText(patient.say("message.read")).waitFor();
      await expect.poll(total).toBe(all - before);
      await expect.poll(() => doctorScreen.title()).not.toContain(`(${all + 1})`);

      // Live: what one writes stands on the other's screen without a reload.
      await doctor.field.fill(`Send me a photo, please (${language})`);
      const started = performance.now();
      await doctorScreen.keyboard.press("Control+Enter");
      await patient.message(`Send me a photo, please (${language})`).waitFor();
      expect(performance.now() - started).toBeLessThan(SOON_MS);
      await doctor.message(`Send me a photo, please (${language})`).getByText(doctor.say("message.read")).waitFor();

      // A photo with words, made small on the phone; the doctor opens it whole and files it in the chart.
      const photosBefore = await doctor.photos.count();
      await patient.picker.setInputFiles(photo("arm.png"));
      await patientScreen.getByText("arm.png").waitFor();
      await patient.field.fill(`This is my arm (${language})`);
      await looksRight(patientScreen, "messages-phone-tray");
      await patient.sendButton.click();
      await expect.poll(() => doctor.photos.count()).toBe(photosBefore + 1);
      await patient.log.getByText(`This is my arm (${language})`).waitFor();
      await looksRight(doctorScreen, "messages");
      await looksRight(patientScreen, "messages-phone");
      await doctor.photos.last().click();
      const whole = doctor.viewer.locator('img[alt]:not([alt=""])');
      await expect.poll(() => whole.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(1600);
      await looksRight(doctorScreen, "messages-viewer");
      await doctorScreen.keyboard.press("Escape");
      await doctor.viewer.waitFor({ state: "detached" });
      await doctor.button(doctor.say("picture.addToChart")).last().click();
      await doctorScreen.getByLabel(doctor.say("chart.description")).fill("Left forearm");
      await looksRight(doctorScreen, "messages-add-to-chart");
      await doctor.button(doctor.say("chart.add")).last().click();
      await doctor.log.getByText(doctor.say("picture.inChart")).last().waitFor();
      const { items } = await world.call<{ items: { description: string | null }[] }>("doctor", "files/listFiles", {
        patientId: "P000001",
      });
      expect(items.some(({ description }) => description === "Left forearm")).toBe(true);

      // Withdrawn: the words are gone on both screens, the trace stays.
      await doctor.send(`Written in error (${language})`);
      await patient.message(`Written in error (${language})`).waitFor();
      await doctor.menu(`Written in error (${language})`, doctor.say("message.withdraw"));
      await looksRight(doctorScreen, "messages-withdraw");
      await doctor.viewer.getByRole("button", { name: doctor.say("withdraw.confirm"), exact: true }).click();
      await patient.message(patient.say("message.withdrawn")).first().waitFor();
      await doctor.message(doctor.say("message.withdrewMine")).first().waitFor();
      await expect.poll(async () => (await patient.texts()).join()).not.toContain("Written in error");
      expect((await doctor.texts()).join()).not.toContain(`Written in error (${language})`);

      expect(faults(doctorScreen)).toEqual([]);
      expect(faults(patientScreen)).toEqual([]);
      await doctorScreen.context().close();
      await patientScreen.context().close();
    },
    JOURNEY_MS,
  );

  it("keep everything written while the host is away, once and in order, on both screens", async () => {
    const doctorScreen = await world.signedIn({ role: "doctor", at: "#/messages" });
    const patientScreen = await world.signedIn({ role: "patient", size: PHONE, at: "#/portal?tab=messages" });
    const [doctor, patient] = [messagesPage(doctorScreen, "en"), messagesPage(patientScreen, "en")];
    await doctor.conversation("Layla Haddad").click();
    await patient.conversation("Dr Reem Barakat").click();
    await doctor.send("Before the break");
    await patient.message("Before the break").waitFor();
    await world.host.down();
    const written = ["One of three", "Two of three", "Three of three"];
    for (const text of written) await patient.send(text);
    await patient.picker.setInputFiles(photo("in-the-break.png", 900, 700));
    await patientScreen.getByText("in-the-break.png").waitFor();
    await patient.sendButton.click();
    await patientScreen.getByText(patient.say("outgoing.held")).waitFor({ timeout: 20_000 });
    await shot(patientScreen, "messages-held");
    await doctor.send("Also from the doctor");
    await world.host.up();
    for (const screen of [doctor, patient]) {
      for (const text of [...written, "Also from the doctor"]) await screen.message(text).waitFor({ timeout: 40_000 });
    }
    // Everything is sent: nothing waits any more, and the host has each exactly once, in order.
    const { id } = await theirs();
    const stored = async () => {
      const page = await world.call<RouteOutput<"messaging", "listMessages">>("doctor", "messaging/listMessages", {
        conversationId: id,
        limit: 6,
      });
      return page.items;
    };
    await expect.poll(async () => (await stored()).filter(({ kind }) => kind === "image").length, { timeout: 40_000 }).toBe(1);
    const now = await stored();
    expect(now.map(({ text }) => text).filter((text) => text?.endsWith("of three"))).toEqual(written);
    expect(now.filter(({ text }) => text === "Also from the doctor")).toHaveLength(1);
    expect(now.findIndex(({ kind }) => kind === "image")).toBeGreaterThan(now.findIndex(({ text }) => text === "Three of three"));
    for (const screen of [doctor, patient]) {
      await expect.poll(async () => (await screen.texts()).filter((text) => text.endsWith("of three"))).toEqual(written);
      await expect.poll(async () => (await screen.texts()).filter((text) => text === "Also from the doctor")).toHaveLength(1);
    }
    await doctorScreen.context().close();
    await patientScreen.context().close();
  });
});
