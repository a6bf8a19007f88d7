import type { Page } from "playwright";
import type { Language } from "../world.ts";
import { words } from "./words.ts";

/** The patient's files, in the chart's panel and in the portal, found by the words that stand there. */
export function filesPage(page: Page, language: Language) {
  const say = words(language, "files");
  const panel = page.getByRole("complementary", { name: say("title"), exact: true });
  const file = (name: string) => page.getByTestId("file").filter({ hasText: name });
  const viewer = page.getByRole("dialog");
  return {
    say,
    panel,
    file,
    viewer,
    open: page.getByRole("button", { name: language === "en" ? /^(Files|\d+ files?)$/ : /^(الملفات|ملف|\d+ ملف)/ }),
    pick: page.locator('input[type="file"]'),
    drop: page.getByTestId("drop-files"),
    belongsTo: panel.getByRole("combobox", { name: say("link.new") }),
    show: (which: "patient" | "visit" | "voided") => panel.getByText(say(`show.${which}`), { exact: true }),
    act: (name: string, act: "void" | "link") => file(name).getByRole("button", { name: say(`${act}.act`), exact: true }),
    download: (name: string) => file(name).getByRole("button", { name: say("download") }),
    look: (name: string) => file(name).getByRole("button", { name, exact: true }).click(),
    pages: viewer.getByTestId("pdf-pages").locator("canvas"),
    /** How many pixels of the first page are not white: a page that was drawn has many. */
    inked: () =>
      viewer
        .getByTestId("pdf-pages")
        .locator("canvas")
        .first()
        .evaluate((element) => {
          const canvas = element as HTMLCanvasElement;
          const pixels = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data ?? new Uint8ClampedArray();
          let inked = 0;
          for (let at = 0; at < pixels.length; at += 4) if ((pixels[at] ?? 255) < 200) inked += 1;
          return inked;
        }),
  };
}
