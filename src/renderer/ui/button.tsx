import { type ButtonHTMLAttributes, forwardRef, type ReactNode } from "react";
import styles from "./button.module.css";
import { useHold } from "./hold.tsx";
import { Kbd } from "./kbd.tsx";

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** `primary` is the one thing to do here; `quiet` looks like a link; `danger` removes something. */
  variant?: "primary" | "secondary" | "quiet" | "danger";
  size?: "normal" | "touch" | "kiosk";
  icon?: ReactNode;
  /** The key that does the same. */
  keys?: string;
  busy?: boolean;
  wide?: boolean;
  /** Writes at the host: while that cannot be done the button is disabled and says why. A form's own button always is one. */
  writes?: boolean;
}

/** A button. A disabled main button says why in its own words ("Sign: 1 stop left"): change its children. */
export const Button = forwardRef<HTMLButtonElement, ButtonProps>(function Button(
  {
    variant = "secondary",
    size = "normal",
    icon,
    keys,
    busy = false,
    wide = false,
    disabled,
    children,
    className,
    type = "button",
    writes = type === "submit",
    ...rest
  },
  ref,
) {
  const held = useHold();
  const hold = writes ? held : null;
  const names = [styles.button, styles[variant], styles[size], wide ? styles.wide : "", className ?? ""].join(" ");
  return (
    <button
      ref={ref}
      type={type}
      className={names}
      disabled={disabled || busy || hold !== null}
      aria-busy={busy || undefined}
      data-busy={busy || undefined}
      {...rest}
    >
      {icon}
      <span className={styles.words}>{hold ?? children}</span>
      {keys && <Kbd>{keys}</Kbd>}
    </button>
  );
});

interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, "children"> {
  /** What it does, in words: read aloud and shown on hover. */
  label: string;
  icon: ReactNode;
  bordered?: boolean;
  size?: "normal" | "touch";
}

/** A button with an icon alone, for the few places where a word stands nearby. */
export const IconButton = forwardRef<HTMLButtonElement, IconButtonProps>(function IconButton(
  { label, icon, bordered = false, size = "normal", className, type = "button", ...rest },
  ref,
) {
  const names = [styles.icon, bordered ? styles.bordered : "", styles[size], className ?? ""].join(" ");
  return (
    <button ref={ref} type={type} className={names} aria-label={label} title={label} {...rest}>
      {icon}
    </button>
  );
});
