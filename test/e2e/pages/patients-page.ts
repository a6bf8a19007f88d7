import type { Page } from "playwright";
import type { Language } from "../world.ts";
import { words } from "./words.ts";

export interface NewPatient {
  givenName: string;
  familyName: string;
  birthDate: string;
  sex: "female" | "male";
}

/** The patients' screen: the finder, the list, the registration form and the card. */
export function patientsPage(page: Page, language: Language) {
  const t = words(language, "patients");
  const starred = (key: string) => new RegExp(`^${t(key)}( \\*)?$`);
  return {
    find: page.getByRole("textbox", { name: t("find"), exact: true }),
    row: (text: string) => page.getByRole("listitem").filter({ hasText: text }).getByRole("button").first(),
    name: page
      .getByRole("region", { name: t("card"), exact: true })
      .first()
      .getByRole("heading", { level: 2 }),
    async fill(patient: NewPatient) {
      await page.getByRole("textbox", { name: starred("givenName") }).fill(patient.givenName);
      await page.getByRole("textbox", { name: starred("familyName") }).fill(patient.familyName);
      const [year, month, day] = patient.birthDate.split("-");
      await page.getByRole("spinbutton").first().click();
      await page.keyboard.type(`${day}${month}${year}`);
      await page.getByRole("combobox", { name: starred("sexLabel") }).click();
      await page.getByRole("option", { name: t(`sex.${patient.sex}`), exact: true }).click();
    },
    likely: page.getByText(t("register.likely")),
    answerFirst: page.getByRole("button", { name: t("register.answerFirst") }),
    notTheSame: page.getByRole("button", { name: t("register.notTheSame") }),
    register: page.getByRole("button", { name: t("register.act") }),
    phone: page.getByRole("textbox", { name: t("phone"), exact: true }),
    save: page.getByRole("button", { name: t("save"), exact: true }),
    book: page.getByRole("button", { name: t("book"), exact: true }),
  };
}
