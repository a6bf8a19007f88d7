import { type ReactNode, useEffect, useId, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Button, type ButtonProps } from "./button.tsx";
import styles from "./dialog.module.css";

interface DialogProps {
  title: string;
  children: ReactNode;
  /** Called by Esc. Left out, the dialog cannot be dismissed. */
  onClose?(): void;
}

/** The platform's own modal dialog: it keeps the keyboard inside and covers the page. For questions, never for work. */
export function Dialog({ title, children, onClose }: DialogProps) {
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
  return (
    <dialog
      ref={ref}
      className={styles.dialog}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
      onKeyDown={(event) => {
        // Esc is the dialog's own: a panel behind it stays open.
        if (event.key === "Escape") event.stopPropagation();
      }}
    >
      <h2 id={titleId} className={styles.title}>
        {title}
      </h2>
      {children}
    </dialog>
  );
}

interface ConfirmDialogProps {
  /** The question, with the name of the thing: "Deactivate Reem Barakat?" */
  title: string;
  /** What will happen. */
  children: ReactNode;
  /** The verb: "Deactivate". */
  confirm: string;
  /** The way out in words of its own, where "Cancel" could be read as the act itself. */
  dismiss?: string;
  danger?: boolean;
  busy?: boolean;
  size?: ButtonProps["size"];
  onConfirm(): void;
  onClose(): void;
}

/** A confirmation that names the thing and the verb. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, children, confirm, dismiss, danger = false, busy = false, size, onConfirm, onClose } = props;
  const { t } = useTranslation("ui");
  return (
    <Dialog title={title} onClose={onClose}>
      <div className={styles.words}>{children}</div>
      <div className={styles.actions}>
        <Button variant={danger ? "danger" : "primary"} size={size} busy={busy} onClick={onConfirm}>
          {confirm}
        </Button>
        <Button size={size} onClick={onClose} autoFocus>
          {dismiss ?? t("cancel")}
        </Button>
      </div>
    </Dialog>
  );
}
