import type { Page } from "playwright";

/** The sign-in screen, found by what a person sees. */
export function signInPage(page: Page) {
  return {
    username: page.getByLabel(/^(User name|اسم المستخدم)/),
    password: page.getByRole("textbox", { name: /^(Password|كلمة المرور)/ }),
    submit: page.getByRole("button", { name: /^(Sign in|دخول)$/ }),
    sampleAccounts: page.getByRole("list", { name: /Sample accounts|حسابات تجريبية/ }).getByRole("button"),
    problem: page.getByRole("alert"),
    notice: page.getByRole("status"),
    async signIn(username: string, password: string) {
      await this.username.fill(username);
      await this.password.fill(password);
      await this.submit.click();
    },
  };
}
