import type { Page } from "playwright";
import type { Language } from "../world.ts";
import { words } from "./words.ts";

/** The administrator's screens: clinic, people, audit. */
export function adminPage(page: Page, language: Language) {
  const clinic = words(language, "clinic");
  const staff = words(language, "staff");
  const shell = words(language, "shell");
  const reports = words(language, "reports");
  const panel = page.getByRole("complementary");
  const field = (label: string) => panel.getByRole("textbox", { name: new RegExp(`^${label}( \\*)?$`) });
  return {
    panel,
    async addDepartment(name: string, nameAr: string) {
      await page.getByRole("tab", { name: clinic("departments.title") }).click();
      await page.getByRole("button", { name: clinic("departments.add") }).click();
      await field(clinic("name")).fill(name);
      await field(clinic("nameAr")).fill(nameAr);
      await panel.locator('button[type="submit"]').click();
      await page
        .getByRole("listitem")
        .filter({ hasText: language === "ar" ? nameAr : name })
        .waitFor();
    },
    async addDoctor(doctor: { name: string; nameAr: string; department: string; room: string }) {
      await page.getByRole("tab", { name: clinic("doctors.title") }).click();
      await page.getByRole("button", { name: clinic("doctors.add") }).click();
      await field(clinic("name")).fill(doctor.name);
      await field(clinic("nameAr")).fill(doctor.nameAr);
      await panel.getByRole("combobox", { name: new RegExp(`^${clinic("department")}`) }).click();
      await page.getByRole("option", { name: doctor.department }).click();
      await field(clinic("doctors.room")).fill(doctor.room);
      await panel.locator('button[type="submit"]').click();
      await panel.getByText(clinic("hours.title")).waitFor();
    },
    async setHours(weekday: string, from: string, until: string) {
      await panel.getByRole("button", { name: clinic("hours.add", { day: weekday }) }).click();
      await panel.getByRole("textbox", { name: clinic("hours.from", { day: weekday }) }).fill(from);
      await panel.getByRole("textbox", { name: clinic("hours.to", { day: weekday }) }).fill(until);
      await panel.getByRole("button", { name: clinic("hours.save") }).click();
      await panel.getByRole("button", { name: clinic("hours.unchanged") }).waitFor();
    },
    async addPerson(person: { name: string; username: string; password: string; role: string }) {
      await page.getByRole("button", { name: staff("add") }).click();
      await field(staff("name")).fill(person.name);
      await field(staff("username")).fill(person.username);
      await field(staff("firstPassword")).fill(person.password);
      await panel.getByRole("checkbox", { name: shell(`roles.${person.role}`) }).check();
      await panel.locator('button[type="submit"]').click();
      await panel.getByText(staff("access")).waitFor();
    },
    /** Answers the question for the password that guarded acts ask. */
    async prove(password: string) {
      const question = page.getByRole("dialog", { name: shell("proof.title") });
      await question.locator('input[autocomplete="current-password"]').fill(password);
      await question.getByRole("button", { name: shell("proof.confirm") }).click();
      await question.waitFor({ state: "detached" });
    },
    async filterAudit(action: string) {
      await page.getByRole("combobox", { name: reports("action") }).fill(action);
      await page.getByRole("option", { name: action, exact: true }).click();
    },
    row: (text: string) => page.getByRole("row").filter({ hasText: text }),
    async verify() {
      await page.getByRole("button", { name: reports("verify") }).click();
    },
  };
}
