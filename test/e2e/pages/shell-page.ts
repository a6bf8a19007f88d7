import type { Page } from "playwright";

/** What stands around every screen: rail, palette, lock, questions, banner. Found by what a person sees, in both languages. */
export function shellPage(page: Page) {
  const lock = page.getByRole("dialog", { name: /^(Locked|الشاشة مقفلة)$/ });
  const proof = page.getByRole("dialog", { name: /^(Confirm your password|أكّد كلمة المرور)$/ });
  const unsaved = page.getByRole("dialog", { name: /^(Leave without keeping\?|المغادرة دون حفظ؟)$/ });
  const palette = page.getByRole("dialog", { name: /^(Find|بحث)$/ });
  const password = { name: /^(Password|كلمة المرور)/ };
  return {
    rail: page.getByRole("navigation"),
    railEntry: (name: RegExp) => page.getByRole("navigation").getByRole("button", { name }),
    lockSoon: page.getByRole("button", { name: /^(Stay|البقاء)$/ }),
    lock,
    async unlock(word: string) {
      await lock.getByRole("textbox", password).fill(word);
      await lock.getByRole("button", { name: /^(Unlock|فتح القفل)$/ }).click();
    },
    proof,
    async prove(word: string) {
      await proof.getByRole("textbox", password).fill(word);
      await proof.getByRole("button", { name: /^(Confirm|تأكيد)$/ }).click();
    },
    wrongPassword: page.getByText(/^(The password is wrong\.|كلمة المرور غير صحيحة\.)$/),
    unsaved,
    stay: unsaved.getByRole("button", { name: /^(Stay here|البقاء هنا)$/ }),
    leave: unsaved.getByRole("button", { name: /^(Leave|مغادرة)$/ }),
    palette,
    paletteBox: palette.getByRole("combobox"),
    paletteRows: palette.getByRole("option"),
    paletteChosen: palette.getByRole("option", { selected: true }),
    connectionLost: page.getByRole("status").filter({ hasText: /No connection|انقطع الاتصال/ }),
    /** The form of the screen People that makes an account. */
    newPerson: {
      name: page.getByRole("textbox", { name: /^(Name|الاسم)/ }),
      username: page.getByRole("textbox", { name: /^(User name|اسم المستخدم)/ }),
      password: page.getByRole("textbox", { name: /^(First password|كلمة المرور الأولى)/ }),
      role: (name: RegExp) => page.getByRole("checkbox", { name }),
      add: page.getByRole("form").getByRole("button", { name: /^(Add a person|إضافة شخص)$/ }),
    },
    resetCode: page.getByRole("button", { name: /^(Give a reset code|إعطاء رمز استعادة)$/ }),
  };
}

/** How far the screen reaches beyond its window, in pixels: 0 means that nothing is cut off or has to be scrolled sideways. */
export function sidewaysOverflow(page: Page): Promise<number> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const seen = [...document.querySelectorAll("main *, header *, nav *")].filter((element) => {
      const style = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      // What is hidden for the eye on purpose is one pixel large.
      return box.width > 1 && box.height > 1 && style.visibility !== "hidden";
    });
    const beyond = seen.map((element) => {
      const { left, right } = element.getBoundingClientRect();
      return Math.max(right - width, -left);
    });
    return Math.round(Math.max(0, document.documentElement.scrollWidth - width, ...beyond));
  });
}
