import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { messagesPage, photo } from "../pages/messages-page.ts";
import { words } from "../pages/words.ts";
import { checkAxe, type E2eWorld, faults, openE2eWorld, shot } from "../world.ts";

const BOTH = [
  ["en", "light"],
  ["ar", "dark"],
] as const;

let world: E2eWorld;
beforeAll(async () => {
  world = await openE2eWorld();
});
afterAll(() => world.close());

/** Says something to somebody over HTTP, as their screen would. */
async function say(from: string, toName: string, text: string): Promise<void> {
  const { items } = await world.call<{ items: { userId: string; displayName: string }[] }>(from, "messaging/listContacts", {
    text: toName,
  });
  const contact = items.find(({ displayName }) => displayName === toName);
  if (!contact) throw new Error(`${from} cannot write to ${toName}`);
  const { id } = await world.call<{ id: string }>(from, "messaging/openConversation", { userId: contact.userId });
  await world.call(from, "messaging/sendText", { conversationId: id, text, clientId: crypto.randomUUID() });
}

describe("messages among the staff", () => {
  it.each(BOTH)("begin with a colleague found by name, keep a draft, and are unread again on request (%s, %s)", async (language, theme) => {
    const lab = await world.signedIn({ role: "lab", language, theme, at: "#/messages" });
    const cashier = await world.signedIn({ role: "cashier", language, theme, at: "#/messages" });
    const [from, to] = [messagesPage(lab, language), messagesPage(cashier, language)];
    await from.button(from.say("new.title")).click();
    await lab.getByRole("textbox", { name: from.say("new.find") }).fill("samer");
    await shot(lab, "messages-new");
    await lab
      .getByRole("list", { name: from.say("new.contacts") })
      .getByRole("button", { name: /Samer Awad/ })
      .click();
    await from.field.fill("half a sentence");
    await lab.getByText(from.say("composer.draftKept")).waitFor();
    await lab.reload();
    await expect.poll(() => from.field.inputValue()).toBe("half a sentence");
    await from.field.fill(`Two samples are late (${language})`);
    await lab.keyboard.press("Control+Enter");
    await to.conversation("Rana Khoury").click();
    await to.message(`Two samples are late (${language})`).waitFor();
    await from.message(`Two samples are late (${language})`).getByText(from.say("message.read")).waitFor();

    // Unread again: the count comes back and stays, although the conversation is open.
    await to.menu(`Two samples are late (${language})`, to.say("message.markUnread"));
    const unread = cashier.getByRole("tab", { name: new RegExp(`^${to.say("tabs.unread")}`) });
    await expect.poll(() => unread.textContent()).toContain("1");
    await cashier.goto(`${world.host.url}/#/account`);
    await expect.poll(() => cashier.title()).toMatch(/^\(1\) /);
    expect(faults(lab)).toEqual([]);
    expect(faults(cashier)).toEqual([]);
    await lab.context().close();
    await cashier.context().close();
  });

  it("find what was written, go to it and mark it; keys go from one conversation to the next", async () => {
    const page = await world.signedIn({ role: "doctor", at: "#/messages" });
    const screen = messagesPage(page, "en");
    for (let at = 1; at <= 60; at += 1)
      await say("reception", "Dr Reem Barakat", at === 3 ? "The lost umbrella is blue" : `Note number ${at}`);
    await screen.button(screen.say("search.open")).click();
    await page.getByRole("textbox", { name: screen.say("search.label") }).fill("umbrella");
    await page.getByRole("button", { name: /umbrella/ }).click();
    const found = screen.message("The lost umbrella is blue");
    await found.waitFor();
    expect(await found.getAttribute("data-found")).toBe("true");
    expect(await found.isVisible()).toBe(true);
    await shot(page, "messages-search");
    expect(await checkAxe(page)).toEqual([]);
    // The newest are not held here: one button leads there, and scrolling up holds its place.
    await page.getByRole("button", { name: screen.say("message.toNewest") }).click();
    await screen.message("Note number 60").waitFor();
    await screen.scroller.evaluate((box) => (box.scrollTop = 0));
    await screen.message("The lost umbrella is blue").waitFor({ state: "attached" });
    expect(await screen.scroller.evaluate((box) => box.scrollTop)).toBeGreaterThan(0);
    // Somebody who reads further up is not moved; the button counts what came.
    const top = await screen.scroller.evaluate((box) => box.scrollTop);
    await say("reception", "Dr Reem Barakat", "While you read");
    await page.getByRole("button", { name: "1 new message" }).click();
    await screen.message("While you read").waitFor();
    expect(top).toBeLessThan(await screen.scroller.evaluate((box) => box.scrollTop));
    await page.getByRole("textbox", { name: screen.say("search.label") }).press("Escape");
    const address = page.url();
    await page.keyboard.press("Alt+ArrowDown");
    await expect.poll(() => page.url()).not.toBe(address);
    await page.keyboard.press("Alt+ArrowUp");
    await expect.poll(() => page.url()).toBe(address);
    expect(faults(page)).toEqual([]);
    await page.context().close();
  });

  it("say in words what cannot be sent, take pictures by drop and paste, and send several one after the other", async () => {
    const page = await world.signedIn({ role: "pharmacist", at: "#/messages" });
    const screen = messagesPage(page, "en");
    await say("pharmacist", "Omar Rahhal", "to nobody").catch(() => undefined);
    await screen.button(screen.say("new.title")).click();
    await page.getByRole("button", { name: /Hala Saleh/ }).click();
    await screen.field.waitFor();
    await screen.picker.setInputFiles([
      { name: "IMG_0042.HEIC", mimeType: "image/heic", buffer: Buffer.from("ftypheic but nothing else") },
      { name: "torn.jpg", mimeType: "image/jpeg", buffer: Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]) },
    ]);
    await page.getByText(screen.say("composer.heic")).waitFor();
    await page.getByText(screen.say("composer.unreadable")).waitFor();
    await shot(page, "messages-unreadable");
    expect(await checkAxe(page)).toEqual([]);
    const tray = page.getByRole("list", { name: screen.say("composer.chosen") });
    await page.getByRole("button", { name: screen.say("composer.takeAway", { name: "torn.jpg" }) }).click();
    await page.getByRole("button", { name: screen.say("composer.takeAway", { name: "IMG_0042.HEIC" }) }).click();
    // Dropped and pasted files are made by the page itself.
    for (const way of ["drop", "paste"] as const) {
      await screen.field.evaluate(async (field, event) => {
        const canvas = Object.assign(document.createElement("canvas"), { width: 640, height: 480 });
        canvas.getContext("2d")?.fillRect(0, 0, 320, 240);
        const blob = await new Promise<Blob>((resolve) => canvas.toBlob((made) => resolve(made as Blob)));
        const data = new DataTransfer();
        data.items.add(new File([blob], `${event}.png`, { type: "image/png" }));
        field.dispatchEvent(
          event === "drop"
            ? new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true })
            : new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
        );
      }, way);
      await tray.getByText(`${way}.png`).waitFor();
    }
    await screen.picker.setInputFiles(photo("third.png", 800, 600));
    await tray.getByText("third.png").waitFor();
    await screen.send("Three pictures");
    await expect.poll(() => screen.photos.count()).toBe(3);
    await screen.message("Three pictures").waitFor();
    await tray.waitFor({ state: "detached" });
    await shot(page, "messages-several");
    expect(faults(page)).toEqual([]);
    await page.context().close();
  });

  it.each(BOTH)("are told by the bell, and by the system without a name or a word of them (%s, %s)", async (language, theme) => {
    const page = await world.signedIn({ role: "admin", language, theme });
    const shell = words(language, "shell");
    // The browser's own notices cannot be seen from here: what the page would show is written down instead.
    await page.evaluate(() => {
      const noticed: unknown[] = [];
      class Written {
        static permission = "default";
        static async requestPermission() {
          Written.permission = "granted";
          return "granted";
        }
        onclick: (() => void) | null = null;
        constructor(title: string, options: NotificationOptions) {
          noticed.push({ title, body: options.body });
          Object.assign(globalThis, { pressed: () => this.onclick?.() });
        }
        close() {}
      }
      Object.assign(globalThis, { Notification: Written, noticed });
    });
    const bell = page.getByRole("button", { name: new RegExp(`^${shell("bell.open")}`) });
    await bell.click();
    await page.getByRole("button", { name: shell("bell.settings"), exact: true }).click();
    const system = page.getByRole("switch", { name: shell("bell.system") });
    expect(await system.isChecked()).toBe(false);
    await system.click({ force: true });
    await expect.poll(() => system.isChecked()).toBe(true);
    await shot(page, "bell-settings");
    expect(await checkAxe(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.evaluate(() => Object.assign(document, { hasFocus: () => false }));
    await say("doctor", "Nadia Qasem", `A secret of the ward (${language})`);
    await expect
      .poll(() => page.evaluate(() => (globalThis as unknown as { noticed: unknown[] }).noticed))
      .toEqual([{ title: shell("product"), body: shell("bell.notice.message") }]);
    await bell.click();
    await page.getByRole("button", { name: /Dr Reem Barakat/ }).waitFor();
    await shot(page, "bell");
    expect(await checkAxe(page)).toEqual([]);
    await page.keyboard.press("Escape");
    // A press on the notice opens the conversation, and what is opened is no longer told.
    await page.evaluate(() => {
      Object.assign(document, { hasFocus: () => true });
      (globalThis as unknown as { pressed(): void }).pressed();
    });
    await messagesPage(page, language).message(`A secret of the ward (${language})`).waitFor();
    await page.evaluate(() => dispatchEvent(new Event("focus")));
    await expect.poll(() => page.title()).toBe(shell("product"));
    await expect.poll(() => bell.getAttribute("aria-label")).toBe(shell("bell.open"));
    expect(faults(page)).toEqual([]);
    await page.context().close();
  });

  it("show the picture of one's own that was chosen in the account", async () => {
    const page = await world.signedIn({ role: "reception", at: "#/account" });
    const account = words("en", "session");
    await page
      .getByLabel(account("account.choosePicture"))
      .first()
      .setInputFiles(photo("me.png", 900, 600));
    const shown = page.getByRole("img", { name: account("account.picture") });
    await expect
      .poll(() => shown.evaluate((image) => [(image as HTMLImageElement).naturalWidth, (image as HTMLImageElement).naturalHeight]))
      .toEqual([320, 320]);
    await shot(page, "account-picture");
    expect(await checkAxe(page)).toEqual([]);
    const doctor = await world.signedIn({ role: "doctor", at: "#/messages" });
    await messagesPage(doctor, "en").conversation("Hala Saleh").click();
    const header = doctor.getByRole("region", { name: messagesPage(doctor, "en").say("banner") });
    await header.locator("img").waitFor();
    await page.getByRole("button", { name: account("account.removePicture") }).click();
    await shown.waitFor({ state: "detached" });
    expect(faults(page)).toEqual([]);
    await page.context().close();
    await doctor.context().close();
  });
});
