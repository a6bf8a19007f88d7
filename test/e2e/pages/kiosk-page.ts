import ar from "@renderer/app/i18n/ar/kiosk.json" with { type: "json" };
import en from "@renderer/app/i18n/en/kiosk.json" with { type: "json" };
import type { Page } from "playwright";
import type { Language } from "../world.ts";

export interface Person {
  givenName: string;
  familyName: string;
  birthDate: string;
}

/** The kiosk in one language, found by the words that stand on it. */
export function kioskPage(page: Page, language: Language) {
  const words = { en, ar }[language];
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  return {
    words,
    welcome: page.getByRole("heading", { name: words.welcome, exact: true }),
    heading: (name: string) => page.getByRole("heading", { name, exact: true }),
    button,
    checkIn: page.getByRole("button", { name: `${words.checkIn} ${words.checkInLead}` }),
    book: page.getByRole("button", { name: `${words.book} ${words.bookLead}` }),
    here: button(words.here),
    finish: button(words.finish),
    problem: page.getByRole("alert"),
    otherLanguage: button(language === "en" ? "العربية" : "English"),
    async pair(code: string) {
      await page.getByLabel(words.pair.code).fill(code);
      await button(words.pair.act).click();
    },
    async enterCode(code: string) {
      await page.keyboard.type(code);
      await button(words.continue).click();
    },
    async enterPerson({ birthDate, givenName, familyName }: Person) {
      const [year, month, day] = birthDate.split("-");
      await page.getByRole("spinbutton").first().click();
      await page.keyboard.type(`${day}${month}${year}`);
      await page.getByLabel(words.givenName).fill(givenName);
      await page.getByLabel(words.familyName).fill(familyName);
      await button(words.continue).click();
    },
    /** Everything to touch that is smaller than a finger needs, in words; there is nothing. */
    async smallTargets(): Promise<string[]> {
      return page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('button, input, a[href], [role="spinbutton"]')]
          // react-aria keeps an input for the browser's own form filling out of sight and out of reach.
          .filter((target) => target.tabIndex >= 0 && !target.closest('[aria-hidden="true"]'))
          .map((target) => ({ target, box: target.getBoundingClientRect() }))
          .filter(({ box }) => box.width > 0 && (box.width < 48 || box.height < 48))
          .map(({ target, box }) => `${target.textContent || target.tagName} ${Math.round(box.width)}×${Math.round(box.height)}`),
      );
    },
    /** All that the page holds: what is written on it, typed into it and stored by it. */
    async everything(): Promise<string> {
      const typed = await page.locator("input").evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value));
      const stored = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href, document.title]));
      return [await page.content(), ...typed, stored].join("\n");
    },
  };
}
