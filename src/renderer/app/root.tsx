import { useRouteQuery } from "@renderer/lib/api.ts";
import { useSession } from "@renderer/lib/session-store.ts";
import { HoldContext, Skeleton } from "@renderer/ui/index.ts";
import { Outlet } from "@tanstack/react-router";
import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import { useShallow } from "zustand/react/shallow";
import { ConnectionBanner } from "./connection-banner.tsx";
import { awayStores, isAway, type StoresState, useConnection } from "./connection-store.ts";
import { CrashBoundary } from "./crash-boundary.tsx";
import { IdleLock } from "./idle-lock.tsx";
import { ProofDialog } from "./proof-dialog.tsx";
import styles from "./root.module.css";
import { isHeld, useArea } from "./store-words.ts";
import { StoresScreen } from "./stores-screen.tsx";
import { UnsavedDialog } from "./unsaved-dialog.tsx";
import { useClinicFacts } from "./use-clinic-facts.ts";
import { useUnreadTitle } from "./use-unread.ts";

/** The stores where no screen could begin without them: a screen that stands keeps standing with what was typed into it. */
function useAwayAtStart(): StoresState | null {
  const stores = useConnection((state) => state.stores);
  const status = useRouteQuery("setup", "getStatus", {});
  const unknown = useSession((state) => state.token !== null && state.user === null);
  return isAway(stores) && (status.data === undefined || unknown) ? stores : null;
}

/** What the buttons that write say while they cannot; null while they can. */
function useHoldWords(): string | null {
  const { t } = useTranslation();
  const area = useArea();
  const away = useConnection(useShallow(awayStores));
  return isHeld(area, away) ? t("stores.hold") : null;
}

/** What stands around every screen: connection, lock, questions. */
export function Root() {
  useClinicFacts();
  useUnreadTitle();
  const away = useAwayAtStart();
  const hold = useHoldWords();
  return (
    <HoldContext value={hold}>
      <div className={styles.root}>
        {!away && <ConnectionBanner />}
        <div className={styles.screen}>
          <CrashBoundary>
            <Suspense fallback={<Skeleton lines={8} />}>{away ? <StoresScreen stores={away} /> : <Outlet />}</Suspense>
          </CrashBoundary>
        </div>
        <UnsavedDialog />
        <ProofDialog />
        <IdleLock />
      </div>
    </HoldContext>
  );
}
