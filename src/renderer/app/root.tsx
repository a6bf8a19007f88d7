import { Skeleton } from "@renderer/ui/index.ts";
import { Outlet } from "@tanstack/react-router";
import { Suspense } from "react";
import { ConnectionBanner } from "./connection-banner.tsx";
import { CrashBoundary } from "./crash-boundary.tsx";
import { IdleLock } from "./idle-lock.tsx";
import { ProofDialog } from "./proof-dialog.tsx";
import styles from "./root.module.css";
import { UnsavedDialog } from "./unsaved-dialog.tsx";
import { useClinicFacts } from "./use-clinic-facts.ts";
import { useUnreadTitle } from "./use-unread.ts";

/** What stands around every screen: connection, lock, questions. */
export function Root() {
  useClinicFacts();
  useUnreadTitle();
  return (
    <div className={styles.root}>
      <ConnectionBanner />
      <div className={styles.screen}>
        <CrashBoundary>
          <Suspense fallback={<Skeleton lines={8} />}>
            <Outlet />
          </Suspense>
        </CrashBoundary>
      </div>
      <UnsavedDialog />
      <ProofDialog />
      <IdleLock />
    </div>
  );
}
