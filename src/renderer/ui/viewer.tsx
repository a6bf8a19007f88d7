import { IconX } from "@tabler/icons-react";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "./button.tsx";
import styles from "./viewer.module.css";

interface ViewerProps {
  title: ReactNode;
  detail?: ReactNode;
  actions?: ReactNode;
  /** Said with the arrow keys: the one before and the one after, where there are any. */
  onPrevious?(): void;
  onNext?(): void;
  onClose(): void;
  children: ReactNode;
}

/** The whole window for one document or picture. Esc closes it, arrow keys go to the next; the keyboard comes back to where it was. */
export function Viewer({ title, detail, actions, onPrevious, onNext, onClose, children }: ViewerProps) {
  const { t, i18n } = useTranslation("ui");
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = ref.current;
    const before = document.activeElement;
    if (dialog && !dialog.open) dialog.showModal();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  const forward = i18n.dir() === "rtl" ? "ArrowLeft" : "ArrowRight";
  const back = i18n.dir() === "rtl" ? "ArrowRight" : "ArrowLeft";
  return (
    <dialog
      ref={ref}
      className={styles.viewer}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onKeyDown={(event) => {
        // Esc is the dialog's own: a panel behind it stays open.
        if (event.key === "Escape") event.stopPropagation();
        if (event.target instanceof HTMLInputElement) return;
        if (event.key === forward) onNext?.();
        else if (event.key === back) onPrevious?.();
      }}
    >
      <header className={styles.head}>
        <h2 id={titleId} className={styles.title}>
          {title}
        </h2>
        {detail && <span className={styles.detail}>{detail}</span>}
        <span className={styles.actions}>
          {actions}
          <IconButton label={t("close")} icon={<IconX size={20} />} onClick={onClose} />
        </span>
      </header>
      <div className={styles.body}>{children}</div>
    </dialog>
  );
}
