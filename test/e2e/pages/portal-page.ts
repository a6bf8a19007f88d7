import ar from "@renderer/app/i18n/ar/portal.json" with { type: "json" };
import arSession from "@renderer/app/i18n/ar/session.json" with { type: "json" };
import en from "@renderer/app/i18n/en/portal.json" with { type: "json" };
import enSession from "@renderer/app/i18n/en/session.json" with { type: "json" };
import type { Page } from "playwright";
import type { Language } from "../world.ts";

/** The invitation screen: where a patient makes their account. */
export function invitationPage(page: Page, language: Language) {
  const words = { en: enSession, ar: arSession }[language].invitation;
  const field = (label: string) => page.getByRole("textbox", { name: new RegExp(`^${label}`) });
  return {
    submit: page.getByRole("button", { name: words.submit, exact: true }),
    async fill(account: { code: string; birthDate: string; username: string; password: string }) {
      const [year, month, day] = account.birthDate.split("-");
      await field(words.code).fill(account.code);
      await page.getByRole("spinbutton").first().click();
      await page.keyboard.type(`${day}${month}${year}`);
      await field(words.username).fill(account.username);
      await field(words.password).fill(account.password);
    },
  };
}

/** The patient's own screen in one language, found by the words that stand on it. */
export function portalPage(page: Page, language: Language) {
  const words = { en, ar }[language];
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  return {
    words,
    button,
    tab: (name: keyof typeof words.tabs) => page.getByRole("navigation").getByRole("button", { name: words.tabs[name], exact: true }),
    next: page.getByRole("region", { name: words.next.title, exact: true }),
    /** Times of the day that is shown; also those on the home screen, which say their day too. */
    times: page.getByRole("button", { name: /(^|\s|[^\d:])\d\d:\d\d$/ }),
    question: page.getByRole("dialog"),
    /** Counts touches on buttons from now on. */
    async countTaps(): Promise<() => Promise<number>> {
      await page.evaluate(() => {
        const counted = globalThis as unknown as { taps: number };
        counted.taps = 0;
        addEventListener("click", (event) => event.isTrusted && counted.taps++, true);
      });
      return () => page.evaluate(() => (globalThis as unknown as { taps: number }).taps);
    },
  };
}
