import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { adminPage } from "../pages/admin-page.ts";
import { words } from "../pages/words.ts";
import { checkAxe, type E2eWorld, faults, openE2eWorld, SAMPLE_PASSWORD, shot } from "../world.ts";

let world: E2eWorld;
beforeAll(async () => {
  world = await openE2eWorld();
});
afterAll(() => world.close());

interface Answer {
  masked: boolean;
  rows: unknown[][];
}
const ask = () => world.call<Answer>("researcher", "research/run", { cypher: "MATCH (p:Patient) RETURN p.id AS id ORDER BY p.id LIMIT 1" });
const PATIENT_ID = /^P\d{6}$/;

describe.each([
  ["en", "light"],
  ["ar", "dark"],
] as const)("identities in research (%s, %s)", (language, theme) => {
  it("are masked until an administrator allows them with a reason, and again after they are taken back", async () => {
    const research = words(language, "research");
    const { items } = await world.call<{ items: { id: string; displayName: string }[] }>("admin", "staff/listUsers", {
      text: "researcher",
    });
    const researcher = items[0];
    if (!researcher) throw new Error("the sample has no researcher");
    const before = await ask();
    expect(before.masked).toBe(true);
    expect(String(before.rows[0]?.[0])).not.toMatch(PATIENT_ID);

    const page = await world.signedIn({ role: "admin", language, theme, at: `#/admin/people?user=${researcher.id}` });
    const screen = adminPage(page, language);
    const { panel } = screen;
    await panel.getByText(research("identity.masked")).waitFor();
    // Without a reason nothing is allowed.
    await panel.getByRole("button", { name: research("identity.allow") }).click();
    await panel.locator("[aria-invalid=true]").first().waitFor();
    expect((await ask()).masked).toBe(true);

    const reason = `Study 12/26 ${language}`;
    await panel.getByRole("textbox", { name: new RegExp(`^${research("identity.reason")}`) }).fill(reason);
    await panel.getByRole("textbox", { name: new RegExp(`^${research("identity.days").replace(/[()]/g, "\\$&")}`) }).fill("14");
    await panel.getByRole("button", { name: research("identity.allow") }).click();
    await screen.prove(SAMPLE_PASSWORD);
    await panel.getByText(reason).waitFor();
    await panel.getByText("Nadia Qasem").waitFor();
    await shot(page, "identity-grant");
    expect(await checkAxe(page)).toEqual([]);
    const grants = await world.call<{ items: { userId: string; reason: string; grantedAt: string; expiresAt: string }[] }>(
      "admin",
      "research/listGrants",
      {},
    );
    expect(grants.items.map((grant) => [grant.userId, grant.reason])).toEqual([[researcher.id, reason]]);
    const [grant] = grants.items;
    expect(Date.parse(grant?.expiresAt ?? "") - Date.parse(grant?.grantedAt ?? "")).toBe(14 * 86_400_000);
    const allowed = await ask();
    expect(allowed.masked).toBe(false);
    expect(String(allowed.rows[0]?.[0])).toMatch(PATIENT_ID);

    await panel.getByRole("button", { name: research("identity.revoke") }).click();
    const question = page.getByRole("dialog", { name: research("identity.revokeTitle", { name: researcher.displayName }) });
    await question.getByRole("button", { name: research("identity.revoke") }).click();
    await panel.getByText(research("identity.masked")).waitFor();
    expect(await checkAxe(page)).toEqual([]);
    const after = await ask();
    expect(after).toMatchObject({ masked: true, rows: before.rows });
    expect(faults(page)).toEqual([]);
    await page.context().close();
  });
});
