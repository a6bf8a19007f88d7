import type { Download, Page } from "playwright";
import type { Language } from "../world.ts";
import { words } from "./words.ts";

export type ResultView = "graph" | "table" | "both" | "json" | "plan";

/** The research console: editor, parameters, answer, and where queries come from. */
export function researchPage(page: Page, language: Language) {
  const t = words(language, "research");
  const editor = page.getByRole("textbox", { name: t("editor.label") });
  const side = page.getByRole("complementary");
  const button = (name: string) => page.getByRole("button", { name });
  const grid = page.getByRole("grid", { name: t("table.label") });
  return {
    t,
    editor,
    side,
    grid,
    refusal: page.getByRole("alert"),
    run: page.getByRole("button", { name: new RegExp(`^${t("run.run")}`) }),
    stop: page.getByRole("button", { name: new RegExp(`^${t("run.stop")}`) }),
    /** The picture, once it is laid out. */
    picture: page.locator('[data-testid="graph-picture"][data-laid-out]'),
    cell: (row: number, column: number) => grid.locator(`[data-row="${row}"][data-column="${column}"]`),
    parameter: (name: string) => page.getByRole("textbox", { name: `$${name}` }),
    async text(): Promise<string> {
      return (await editor.locator(".cm-line").allTextContents()).join("\n");
    },
    /** Puts the text in place of what stands there, as somebody who pastes it. */
    async write(text: string) {
      await editor.click();
      await page.keyboard.press("Control+a");
      await page.keyboard.insertText(text);
      await page.keyboard.press("Escape");
    },
    async runNow() {
      await editor.click();
      await page.keyboard.press("Control+Enter");
    },
    async tab(name: "history" | "saved" | "examples") {
      await page.getByRole("tab", { name: new RegExp(`^${t(`${name}.title`)}`) }).click();
    },
    async view(name: ResultView) {
      await page.getByText(t(`views.${name}`), { exact: true }).click();
    },
    /** Presses what saves a file and answers what was saved. */
    async saved(press: () => Promise<void>): Promise<{ name: string; content: Buffer }> {
      const coming = page.waitForEvent("download");
      await press();
      return contentOf(await coming);
    },
    async exportAs(format: "csv" | "json" | "ndjson") {
      await button(t("export.title")).click();
      await page.getByRole("menuitem", { name: t(`export.formats.${format}`) }).click();
    },
    async exportPicture(kind: "exportPng" | "exportSvg") {
      await button(t("picture.export")).click();
      await page.getByRole("menuitem", { name: t(`picture.${kind}`) }).click();
    },
    async save(name: string) {
      await page.keyboard.press("Control+s");
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("textbox", { name: new RegExp(`^${t("save.name")}`) }).fill(name);
      await dialog.locator('button[type="submit"]').click();
      await dialog.waitFor({ state: "detached" });
    },
    example: (title: string) => side.getByRole("listitem").filter({ hasText: title }),
    item: (text: string) => side.getByRole("listitem").filter({ hasText: text }),
  };
}

async function contentOf(download: Download): Promise<{ name: string; content: Buffer }> {
  const parts: Buffer[] = [];
  for await (const part of await download.createReadStream()) parts.push(Buffer.from(part as Uint8Array));
  return { name: download.suggestedFilename(), content: Buffer.concat(parts) };
}
