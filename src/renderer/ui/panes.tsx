import { IconX } from "@tabler/icons-react";
import { type ReactNode, useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "./button.tsx";
import styles from "./panes.module.css";

/** A page of regions side by side that meet at one-pixel lines: ListPane, Pane, Panel. */
export function Split({ children }: { children: ReactNode }) {
  return <div className={styles.split}>{children}</div>;
}

interface PaneProps {
  title?: ReactNode;
  /** Beside the title: a count in words. */
  detail?: ReactNode;
  actions?: ReactNode;
  /** Under the title: tabs, filters. */
  tools?: ReactNode;
  foot?: ReactNode;
  label?: string;
  children: ReactNode;
}

function Head({ title, detail, actions, tools }: Omit<PaneProps, "children" | "foot" | "label">) {
  if (!title && !actions && !tools) return null;
  return (
    <div className={styles.head}>
      {(title || actions) && (
        <div className={styles.headLine}>
          <h2 className={styles.title}>{title}</h2>
          {detail && <span className={styles.detail}>{detail}</span>}
          <span className={styles.actions}>{actions}</span>
        </div>
      )}
      {tools}
    </div>
  );
}

/** The list on the start side, 328 px. */
export function ListPane({ foot, children, label, ...head }: PaneProps) {
  return (
    <section className={styles.list} aria-label={label}>
      <Head {...head} />
      <div className={styles.body}>{children}</div>
      {foot && <div className={styles.foot}>{foot}</div>}
    </section>
  );
}

/** The region that takes the rest. */
export function Pane({ foot, children, label, ...head }: PaneProps) {
  return (
    <section className={styles.pane} aria-label={label}>
      <Head {...head} />
      <div className={styles.body}>{children}</div>
      {foot && <div className={styles.foot}>{foot}</div>}
    </section>
  );
}

interface PanelProps extends PaneProps {
  /** Called by the cross and by Esc. */
  onClose(): void;
}

/** One panel at the end side, 380 px; never a stacked dialog. Takes the keyboard when it opens and gives it back when it closes. */
export function Panel({ onClose, foot, children, label, actions, ...head }: PanelProps) {
  const { t } = useTranslation("ui");
  const ref = useRef<HTMLElement>(null);
  const [before] = useState(() => document.activeElement);
  // Before paint, so that a panel that takes the place of another keeps the field it puts the keyboard in.
  useLayoutEffect(() => {
    const panel = ref.current;
    if (panel && !panel.contains(document.activeElement)) panel.focus({ preventScroll: true });
    return () => {
      const leaves = document.activeElement === document.body || panel?.contains(document.activeElement);
      if (leaves && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, [before]);
  return (
    <aside
      ref={ref}
      className={styles.panel}
      tabIndex={-1}
      aria-label={label ?? (typeof head.title === "string" ? head.title : undefined)}
      onKeyDown={(event) => {
        if (event.key === "Escape" && !event.defaultPrevented) onClose();
      }}
    >
      <Head
        {...head}
        actions={
          <>
            {actions}
            <IconButton label={t("close")} icon={<IconX size={20} />} onClick={onClose} />
          </>
        }
      />
      <div className={styles.body}>{children}</div>
      {foot && <div className={styles.foot}>{foot}</div>}
    </aside>
  );
}

/** A page with a heading of its own and one column: settings, forms, reports. */
export function Page({ title, detail, actions, children, narrow = false }: Omit<PaneProps, "tools" | "foot"> & { narrow?: boolean }) {
  return (
    <div className={styles.page}>
      <div className={styles.pageHead}>
        <h1 className={styles.pageTitle}>{title}</h1>
        {detail && <span className={styles.detail}>{detail}</span>}
        <span className={styles.actions}>{actions}</span>
      </div>
      <div className={styles.pageBody} data-narrow={narrow || undefined}>
        {children}
      </div>
    </div>
  );
}

/** A padded block with an optional small heading, inside a pane or page. */
export function Section({ title, actions, children }: { title?: ReactNode; actions?: ReactNode; children: ReactNode }) {
  return (
    <section className={styles.section}>
      {(title || actions) && (
        <div className={styles.sectionHead}>
          <h3 className={styles.sectionTitle}>{title}</h3>
          <span className={styles.actions}>{actions}</span>
        </div>
      )}
      {children}
    </section>
  );
}
