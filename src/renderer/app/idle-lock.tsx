import { callRoute } from "@renderer/lib/api.ts";
import { closeSession, unlockSession } from "@renderer/lib/session.ts";
import { useSession } from "@renderer/lib/session-store.ts";
import { Button, useCountdown } from "@renderer/ui/index.ts";
import { IconLock } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { PasswordProof } from "./proof-dialog.tsx";
import styles from "./root.module.css";

const WARN_SECONDS = 30;
// The host counts calls, the screen counts keys: work without calls is told to the host this often.
const TELL_SECONDS = 20;
// The host notes a session's use to fifteen seconds; the screen locks before the host can have ended the session.
const MARGIN_SECONDS = 40;
const SIGNS_OF_LIFE = ["pointerdown", "keydown", "wheel", "touchstart"] as const;

/** The instant at which the screen locks, moved on by every sign of life. */
function useIdleLimit(active: boolean, idleSeconds: number): [number, () => void] {
  const [until, setUntil] = useState(() => Date.now() + idleSeconds * 1000);
  const moved = useRef(0);
  const told = useRef<number | null>(null);
  useEffect(() => {
    if (!active) return;
    const alive = () => {
      // At most once a second: typing must not render the shell at every key.
      if (Date.now() - moved.current < 1000) return;
      moved.current = Date.now();
      setUntil(Date.now() + (idleSeconds - MARGIN_SECONDS) * 1000);
      told.current ??= Date.now();
      if (Date.now() - told.current < TELL_SECONDS * 1000) return;
      told.current = Date.now();
      // Without an answer the connection banner speaks, or the session has ended and the screen follows.
      void callRoute("session", "whoAmI", {}).catch(() => undefined);
    };
    alive();
    for (const sign of SIGNS_OF_LIFE) globalThis.addEventListener(sign, alive, { capture: true, passive: true });
    return () => {
      moved.current = 0;
      for (const sign of SIGNS_OF_LIFE) globalThis.removeEventListener(sign, alive, { capture: true });
    };
  }, [active, idleSeconds]);
  return [until, () => setUntil(Date.now() + (idleSeconds - MARGIN_SECONDS) * 1000)];
}

function IdleWatch({ idleSeconds }: { idleSeconds: number }) {
  const { t } = useTranslation();
  const [until, stay] = useIdleLimit(true, idleSeconds);
  const left = useCountdown(until, () => useSession.getState().lock());
  if (left > WARN_SECONDS || left === 0) return null;
  return (
    <div className={styles.soon}>
      <IconLock size={20} aria-hidden="true" />
      {/* Read aloud once; the seconds that run are for the eye. */}
      <span role="alert" className="visually-hidden">
        {t("lock.soon", { count: WARN_SECONDS })}
      </span>
      <span aria-hidden="true">{t("lock.soon", { count: left })}</span>
      <Button onClick={stay}>{t("lock.stay")}</Button>
    </div>
  );
}

function LockCover({ name }: { name: string }) {
  const { t } = useTranslation();
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    // The top layer makes all behind it inert: no key and no reader gets there.
    if (ref.current && !ref.current.open) ref.current.showModal();
  }, []);
  return (
    <dialog ref={ref} className={styles.cover} aria-label={t("lock.title")} onCancel={(event) => event.preventDefault()}>
      <div className={styles.lockCard}>
        <h1 className={styles.lockHead}>
          <IconLock size={24} aria-hidden="true" />
          {t("lock.title")}
        </h1>
        <p>{t("lock.words", { name })}</p>
        <PasswordProof
          confirm={t("lock.unlock")}
          prove={unlockSession}
          end={<Button onClick={() => void closeSession()}>{t("lock.other")}</Button>}
        />
      </div>
    </dialog>
  );
}

/** Warns, then covers the screen when nobody touched it for as long as the host keeps an idle session; unsaved work stays behind it. */
export function IdleLock() {
  const user = useSession((state) => state.user);
  const locked = useSession((state) => state.locked);
  const idleSeconds = useSession((state) => state.idleSeconds);
  if (!user) return null;
  return locked ? <LockCover name={user.displayName} /> : <IdleWatch idleSeconds={idleSeconds} />;
}
