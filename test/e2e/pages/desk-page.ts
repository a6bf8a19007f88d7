import type { Locator, Page } from "playwright";
import type { Language } from "../world.ts";
import { words } from "./words.ts";

/** The desk: the board of strips and the panel beside it. */
export function deskPage(page: Page, language: Language) {
  const t = words(language, "scheduling");
  const panel = page.getByRole("complementary");
  const column = (doctorId: string) => page.locator(`[data-doctor="${doctorId}"]`);
  const centre = async (place: Locator) => {
    await place.scrollIntoViewIfNeeded();
    const box = await place.boundingBox();
    if (!box) throw new Error("not on the screen");
    return { x: box.x + box.width / 2, y: box.y + box.height / 2, height: box.height };
  };
  return {
    panel,
    column,
    head: (name: string) => page.locator("strong", { hasText: name }),
    strip: (doctorId: string, name: string) => column(doctorId).getByRole("listitem").filter({ hasText: name }),
    /** Drags a strip down (or up) by whole visits of its own length, in its column or into another's. */
    async drag(strip: Locator, visits: number, into?: Locator) {
      const from = await centre(strip);
      const target = into ? (await into.boundingBox())?.x : undefined;
      const x = target === undefined ? from.x : target + 40;
      await page.mouse.move(from.x, from.y);
      await page.mouse.down();
      await page.mouse.move(from.x, from.y + 12);
      await page.mouse.move(x, from.y + visits * from.height, { steps: 5 });
      await page.mouse.up();
    },
    /** Touches the free time that lies so many visits below a strip. */
    async touchBelow(strip: Locator, visits: number) {
      const from = await centre(strip);
      await page.mouse.click(from.x, from.y + visits * from.height);
    },
    /** Types into the panel's finder and takes the first person with Enter. */
    async pick(name: string) {
      await panel.getByRole("textbox", { name: t("pick.label") }).fill(name);
      await page.keyboard.press("Enter");
      await panel.getByText(t("pick.other")).waitFor();
    },
    async openBooking() {
      await page.locator("[data-board]").waitFor();
      await page.keyboard.press("b");
      await panel.getByText(t("book.title")).waitFor();
    },
    freeTime: (time: string) => panel.getByRole("button", { name: time, exact: true }),
    book: (time: string) => panel.getByRole("button", { name: t("book.act", { time }) }),
    reason: page.getByRole("textbox", { name: t("override.reason") }),
    async insist(reason: string) {
      await this.reason.fill(reason);
      await page.getByRole("button", { name: t("override.act") }).click();
    },
    arrived: panel.getByRole("button", { name: t("visit.arrived"), exact: true }),
    async cancel() {
      await panel.getByRole("button", { name: t("visit.cancel") }).click();
      await page
        .getByRole("dialog")
        .getByRole("button", { name: t("visit.cancel") })
        .click();
    },
    async walkIn(name: string) {
      await page.keyboard.press("F2");
      await this.pick(name);
      await panel.getByRole("heading", { name: t("walkIn.soonest") }).waitFor();
      await panel.locator("button:focus", { hasText: /\d\d:\d\d/ }).waitFor();
      await page.keyboard.press("Enter");
    },
  };
}
