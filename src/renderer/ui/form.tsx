import type { FormEventHandler, ReactNode } from "react";
import styles from "./form.module.css";
import { Notice } from "./states.tsx";

interface FormProps {
  onSubmit: FormEventHandler<HTMLFormElement>;
  /** What the whole form was refused for. */
  problem?: string;
  children: ReactNode;
  label?: string;
}

/** A form in one column on the 4-px grid. */
export function Form({ onSubmit, problem, children, label }: FormProps) {
  return (
    <form className={styles.form} onSubmit={onSubmit} noValidate aria-label={label}>
      {problem && <Notice tone="error">{problem}</Notice>}
      {children}
    </form>
  );
}

/** Fields side by side where there is room. */
export function FieldRow({ children }: { children: ReactNode }) {
  return <div className={styles.row}>{children}</div>;
}

/** The buttons at the end of a form: the main one first. */
export function FormActions({ children }: { children: ReactNode }) {
  return <div className={styles.actions}>{children}</div>;
}
