import { AppError } from "@shared/define.ts";
import { callRoute, queryClient, type RouteOutput, toAppError } from "./api.ts";
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

/**
 * Opens the locked screen to its owner again. A session that ran out meanwhile is replaced by a new one of the same
 * account, and what stands on the screen stays.
 */
export async function unlockSession(password: string): Promise<void> {
  const { expired, user } = useSession.getState();
  if (!expired || !user) {
    try {
      await callRoute("session", "reauthenticate", { password });
      return useSession.getState().unlock();
    } catch (error) {
      // The call itself may be the first to learn that the session has run out.
      if (!useSession.getState().expired) throw error;
    }
  }
  if (!user) return;
  const answer = await callRoute("session", "signIn", { username: user.username, password }).catch((error: unknown) => {
    const failure = toAppError(error);
    throw failure.code === "wrong-credentials"
      ? new AppError(failure.code, failure.message, { ...failure.data, field: "password" })
      : failure;
  });
  useSession.getState().open(answer.token, answer.user);
  void queryClient.invalidateQueries();
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
