import type { Page } from "playwright";

/** First run: the two cards and the wizard behind the first. */
export function setupPage(page: Page) {
  const field = (label: string) => page.getByLabel(label, { exact: false });
  return {
    create: page.getByRole("button", { name: "Create my clinic" }),
    sample: page.getByRole("button", { name: /sample clinic/i }),
    next: page.getByRole("button", { name: "Next" }),
    async fillClinic(name: string) {
      await field("Name of the clinic").fill(name);
      await page.getByRole("combobox", { name: /Time zone/ }).fill("Amman");
      await page.getByRole("option", { name: "Asia/Amman" }).click();
      await page.getByRole("combobox", { name: /Currency/ }).fill("JOD");
      await page.getByRole("option", { name: /^JOD/ }).click();
      await this.next.click();
    },
    async fillAdmin(admin: { name: string; username: string; password: string }) {
      await field("Your name").fill(admin.name);
      await field("User name").fill(admin.username);
      await page.getByRole("textbox", { name: /^Password/ }).fill(admin.password);
      await page.getByRole("button", { name: "Create the clinic" }).click();
    },
    async addDepartment(name: string, nameAr: string) {
      await page.getByRole("textbox", { name: /^Department( \*)?$/ }).fill(name);
      await field("Department in Arabic").fill(nameAr);
      await page.getByRole("button", { name: "Add department" }).click();
    },
    async addDoctor(name: string, room: string) {
      await page.getByRole("textbox", { name: /^Doctor( \*)?$/ }).fill(name);
      await field("Room").fill(room);
      await page.getByRole("button", { name: "Add doctor" }).click();
    },
    finish: page.getByRole("button", { name: "Go to the clinic" }),
  };
}
