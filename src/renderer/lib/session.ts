import { callRoute, queryClient, type RouteOutput } from "./api.ts";
import { usePreferences } from "./preferences.ts";
import { useSession } from "./session-store.ts";

/** Forget what was read for someone; what anybody may know of the clinic stays, so that the screen does not start over. */
export function forgetReadings(): void {
  queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== "setup" });
}

/** Begin a session at this screen with what signIn or acceptInvitation answered; the account's language becomes the screen's. */
export function openSession(answer: RouteOutput<"session", "signIn">): void {
  forgetReadings();
  useSession.getState().open(answer.token, answer.user);
  usePreferences.getState().setLanguage(answer.user.locale);
}

/** Close the session here and at the host; the screen is signed out even where the host cannot be told. */
export async function closeSession(): Promise<void> {
  try {
    await callRoute("session", "signOut", {});
  } finally {
    useSession.getState().end("signed-out");
    forgetReadings();
  }
}

/** Change the language of this screen, and of the account when someone is signed in. */
export function chooseLanguage(language: "en" | "ar"): void {
  usePreferences.getState().setLanguage(language);
  if (useSession.getState().token) {
    useSession.getState().changeUser({ locale: language });
    // The screen has changed already; the account follows when it can.
    void callRoute("session", "setLocale", { locale: language }).catch(() => undefined);
  }
}
