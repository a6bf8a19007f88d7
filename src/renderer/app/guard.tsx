import { useRouteQuery } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useGo, usePath } from "@renderer/lib/navigation.ts";
import { useSession } from "@renderer/lib/session-store.ts";
import { Button, ErrorState, Skeleton } from "@renderer/ui/index.ts";
import { type ComponentType, type ReactNode, Suspense, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { CrashBoundary } from "./crash-boundary.tsx";
import styles from "./root.module.css";
import { screenOf } from "./screen-files.ts";
import { homeOf, mayOpen, type ScreenLine } from "./screens.tsx";

function Redirect({ to }: { to: string }) {
  const go = useGo();
  useEffect(() => go(to, {}, { replace: true }), [go, to]);
  return <Skeleton lines={8} />;
}

/** Where someone belongs who may not be where they are; null where they may stay. */
function useDetour(screen: ScreenLine): { to: string } | { error: unknown; retry(): void } | "wait" | null {
  const status = useRouteQuery("setup", "getStatus", {});
  const token = useSession((state) => state.token);
  const user = useSession((state) => state.user);
  if (status.error && !status.data) return { error: status.error, retry: () => void status.refetch() };
  if (!status.data) return "wait";
  if (status.data.state === "empty" && screen.path !== "/setup") return { to: "/setup" };
  if (status.data.state === "ready" && screen.path === "/setup" && !user) return token ? "wait" : { to: "/sign-in" };
  if (screen.roles === "anyone") return user && screen.path === "/sign-in" ? { to: "/" } : null;
  if (!token) return { to: "/sign-in" };
  if (!user) return "wait";
  if (user.mustChangePassword && screen.path !== "/account") return { to: "/account" };
  return mayOpen(screen, user.roles) ? null : { to: homeOf(user.roles) };
}

interface GuardProps {
  screen: ScreenLine;
  frame: ComponentType<{ children: ReactNode }>;
}

/** Shows a screen in its frame to those who may see it, and leads everyone else where they belong. */
export function Guard({ screen, frame: Frame }: GuardProps) {
  const detour = useDetour(screen);
  const words = useErrorWords();
  if (detour === "wait") return <Skeleton lines={8} />;
  if (detour && "error" in detour) return <ErrorState {...words(detour.error)} onRetry={detour.retry} />;
  if (detour) return <Redirect to={detour.to} />;
  const Screen = screenOf(screen.file);
  return (
    <Frame>
      <CrashBoundary key={screen.path}>
        <Suspense fallback={<Skeleton lines={8} />}>
          <Screen />
        </Suspense>
      </CrashBoundary>
    </Frame>
  );
}

/** `#/`: the first screen of whoever is here. */
export function Home() {
  const token = useSession((state) => state.token);
  const user = useSession((state) => state.user);
  if (token && !user) return <Skeleton lines={8} />;
  return <Redirect to={user ? homeOf(user.roles) : "/sign-in"} />;
}

/** An address that no screen has. */
export function Missing() {
  const { t } = useTranslation();
  const go = useGo();
  const path = usePath();
  return (
    <div className={styles.centre} data-path={path}>
      <h1>{t("missing.title")}</h1>
      <Button variant="primary" onClick={() => go("/")}>
        {t("missing.home")}
      </Button>
    </div>
  );
}
