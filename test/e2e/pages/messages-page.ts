import { createCanvas } from "@napi-rs/canvas";
import type { Page } from "playwright";
import type { Language } from "../world.ts";
import { words } from "./words.ts";

/** A photo as a phone makes it: larger than what is sent, with enough in it that it does not shrink to nothing. */
export function photo(name: string, width = 2400, height = 1800): { name: string; mimeType: string; buffer: Buffer } {
  const canvas = createCanvas(width, height);
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#b98a68";
  pen.fillRect(0, 0, width, height);
  for (let at = 0; at < 400; at += 1) {
    pen.fillStyle = `hsl(${(at * 47) % 360} 50% ${30 + (at % 40)}%)`;
    pen.beginPath();
    pen.arc((at * 733) % width, (at * 397) % height, 8 + (at % 50), 0, Math.PI * 2);
    pen.fill();
  }
  return { name, mimeType: "image/png", buffer: canvas.toBuffer("image/png") };
}

/** Conversations in one language, on the staff's screen and in the portal alike, found by the words that stand there. */
export function messagesPage(page: Page, language: Language) {
  const say = words(language, "messaging");
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  const log = page.getByRole("log", { name: say("message.log") });
  return {
    say,
    button,
    log,
    /** What scrolls around the messages. */
    scroller: page.getByRole("region", { name: say("message.scroll"), exact: true }),
    list: page.getByRole("list", { name: say("list.label") }),
    conversation: (name: string) => page.getByRole("list", { name: say("list.label") }).getByRole("button", { name: new RegExp(name) }),
    field: page.getByRole("textbox", { name: say("composer.label") }),
    sendButton: page.getByRole("button", { name: new RegExp(`^${say("composer.send")}`) }),
    picker: page.getByLabel(say("composer.pick")),
    message: (text: string) => log.getByRole("article").filter({ hasText: text }),
    photos: log.getByRole("button", { name: new RegExp(`^${say("picture.open", { time: ".+" })}$`) }),
    viewer: page.getByRole("dialog"),
    /** What is read and what was withdrawn, in the words of the bubbles. */
    texts: () => log.getByRole("article").locator("p[dir=auto]").allInnerTexts(),
    async send(text: string) {
      await this.field.fill(text);
      await this.sendButton.click();
    },
    async menu(text: string, item: string) {
      const message = this.message(text);
      await message.hover();
      await message
        .locator("xpath=..")
        .getByRole("button", { name: say("message.menu") })
        .click();
      await page.getByRole("menuitem", { name: item, exact: true }).click();
    },
  };
}
