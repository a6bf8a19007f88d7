import type { Page } from "playwright";
import type { Language } from "../world.ts";
import { words } from "./words.ts";

/** The screens of the clinic's stores: while they are away, where they are, and joining servers. */
export function storesPage(page: Page, language: Language) {
  const shell = words(language, "shell");
  const system = words(language, "system");
  const setup = words(language, "setup");
  const server = (name: "neo4j" | "mongodb") =>
    page
      .locator("section")
      .filter({ has: page.getByText(system(`stores.${name}.title`)) })
      .last();
  return {
    shell,
    system,
    setup,
    /** The screen while nothing can begin. */
    away: page.getByRole("heading", { name: shell("stores.title") }),
    store: (store: "graph" | "documents") => page.getByRole("region", { name: shell(`stores.name.${store}`) }),
    tryNow: page.getByRole("button", { name: shell("stores.tryNow") }),
    countDown: page.getByRole("timer"),
    banner: page.getByTestId("stores-away"),
    open: page.getByRole("button", { name: system("stores.open") }),
    mode: (mode: "embedded" | "servers") => page.locator("label").filter({ hasText: system(`stores.modes.${mode}`) }),
    server,
    /** Fills one server's address and, where it is given, its password. */
    async fill(name: "neo4j" | "mongodb", uri: string, password?: string) {
      await server(name)
        .getByRole("textbox", { name: new RegExp(`^${system("stores.uri")}`) })
        .fill(uri);
      if (password !== undefined) await server(name).locator('input[type="password"]').fill(password);
    },
    async test(name: "neo4j" | "mongodb") {
      await server(name)
        .getByRole("button", { name: system(`stores.${name}.test`) })
        .click();
      await server(name).getByTestId("connection-report").waitFor();
    },
    report: (name: "neo4j" | "mongodb") => server(name).getByTestId("connection-report"),
    save: page.getByRole("button", { name: system("stores.save") }),
    question: page.getByRole("dialog"),
    joinCard: page.getByRole("button", { name: new RegExp(`^${setup("join.title")}`) }),
    join: page.getByRole("button", { name: setup("join.act") }),
    waiting: page.getByRole("heading", { name: setup("join.waitingTitle") }),
  };
}
