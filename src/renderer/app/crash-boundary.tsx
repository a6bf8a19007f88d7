import { newCommandKey } from "@renderer/lib/command-key.ts";
import { Button, Num } from "@renderer/ui/index.ts";
import { Component, type ErrorInfo, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import styles from "./root.module.css";

function Crash({ reference }: { reference: string }) {
  const { t } = useTranslation();
  return (
    <div className={styles.centre} role="alert">
      <h1>{t("crash.title")}</h1>
      <p>{t("crash.words")}</p>
      <Num>{reference}</Num>
      <Button variant="primary" onClick={() => globalThis.location.reload()}>
        {t("crash.reload")}
      </Button>
    </div>
  );
}

/** Catches what a screen throws: a page with a reference instead of a blank window. */
export class CrashBoundary extends Component<{ children: ReactNode }, { reference: string | null }> {
  override state = { reference: null as string | null };

  static getDerivedStateFromError() {
    return { reference: newCommandKey().slice(0, 8) };
  }

  override componentDidCatch(error: Error, info: ErrorInfo) {
    // The stack names code, never a patient; the message may quote one and stays out.
    console.error(
      `screen crashed, reference ${this.state.reference}`,
      error.name,
      error.stack?.split("\n").slice(1, 6),
      info.componentStack?.slice(0, 400),
    );
  }

  override render() {
    return this.state.reference ? <Crash reference={this.state.reference} /> : this.props.children;
  }
}
