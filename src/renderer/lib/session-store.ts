import { create } from "zustand";
import type { RouteOutput } from "./contract-types.ts";
import { forgetKept } from "./kept-here.ts";

export type SessionUser = RouteOutput<"session", "signIn">["user"];
/** Why the sign-in screen is shown again. */
export type SessionEnd = "revoked" | "roles-changed" | "deactivated" | "password-changed" | "expired" | "signed-out";

const TOKEN_KEY = "polyclinic.session";
const LOCK_KEY = "polyclinic.locked";

interface SessionState {
  token: string | null;
  user: SessionUser | null;
  sessionId: string | null;
  idleSeconds: number;
  /** Locked: the screen is covered until the password is given; what was typed stays behind it. */
  locked: boolean;
  /** The host has ended the session while the screen was locked: unlocking then opens a new one. */
  expired: boolean;
  ended: SessionEnd | null;
  open(token: string, user: SessionUser): void;
  describe(user: SessionUser, session: { id: string; idleSeconds: number }): void;
  changeUser(change: Partial<SessionUser>): void;
  lock(): void;
  unlock(): void;
  end(reason: SessionEnd): void;
}

// The tab's own storage: a reload keeps the session and its lock, another tab or a restart does not.
const storage = globalThis.sessionStorage;

function keepLock(locked: boolean): void {
  if (locked) storage?.setItem(LOCK_KEY, "yes");
  else storage?.removeItem(LOCK_KEY);
}

/** Who is signed in at this screen. */
export const useSession = create<SessionState>((set) => ({
  token: storage?.getItem(TOKEN_KEY) ?? null,
  user: null,
  sessionId: null,
  idleSeconds: 600,
  locked: storage?.getItem(LOCK_KEY) === "yes",
  expired: false,
  ended: null,
  open: (token, user) => {
    storage?.setItem(TOKEN_KEY, token);
    keepLock(false);
    set({ token, user, sessionId: null, locked: false, expired: false, ended: null });
  },
  describe: (user, session) => set({ user, sessionId: session.id, idleSeconds: session.idleSeconds }),
  changeUser: (change) => set((state) => ({ user: state.user && { ...state.user, ...change } })),
  lock: () =>
    set((state) => {
      if (!state.user) return {};
      keepLock(true);
      return { locked: true };
    }),
  unlock: () => {
    keepLock(false);
    set({ locked: false });
  },
  end: (reason) => {
    storage?.removeItem(TOKEN_KEY);
    keepLock(false);
    forgetKept();
    set((state) =>
      state.token === null && state.user === null
        ? {}
        : { token: null, user: null, sessionId: null, locked: false, expired: false, ended: reason },
    );
  },
}));

/** The signed-in user; only inside screens that need a session. */
export function useUser(): SessionUser {
  const user = useSession((state) => state.user);
  if (!user) throw new Error("useUser outside a signed-in screen");
  return user;
}
