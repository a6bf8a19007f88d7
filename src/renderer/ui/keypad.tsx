import { IconBackspace, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import styles from "./keypad.module.css";

interface KeypadProps {
  value: string;
  onChange(value: string): void;
  length: number;
  label: string;
}

/** Digit boxes and large keys for a finger; the keyboard's digits work too. Left to right in both languages. */
export function Keypad({ value, onChange, length, label }: KeypadProps) {
  const { t } = useTranslation("ui");
  const add = (digit: string) => value.length < length && onChange(value + digit);
  const boxes = Array.from({ length }, (_, at) => ({ id: `box-${at}`, digit: value[at] ?? "", current: at === value.length }));
  return (
    <div className={styles.keypad}>
      <label className={styles.boxes} dir="ltr">
        <input
          className={styles.typed}
          aria-label={label}
          inputMode="none"
          autoComplete="off"
          value={value}
          onChange={(event) => onChange(toDigits(event.currentTarget.value).slice(0, length))}
        />
        {boxes.map((box) => (
          <span key={box.id} className={styles.box} data-current={box.current || undefined} aria-hidden="true">
            {box.digit}
          </span>
        ))}
      </label>
      <div className={styles.keys} dir="ltr">
        {["1", "2", "3", "4", "5", "6", "7", "8", "9"].map((digit) => (
          <button key={digit} type="button" className={styles.key} onClick={() => add(digit)}>
            {digit}
          </button>
        ))}
        <button type="button" className={styles.key} data-quiet="" onClick={() => onChange("")}>
          <IconTrash size={32} aria-hidden="true" /> <bdi>{t("clear")}</bdi>
        </button>
        <button type="button" className={styles.key} onClick={() => add("0")}>
          0
        </button>
        <button type="button" className={styles.key} data-quiet="" onClick={() => onChange(value.slice(0, -1))}>
          <IconBackspace size={32} aria-hidden="true" /> <bdi>{t("delete")}</bdi>
        </button>
      </div>
    </div>
  );
}

// Arabic-Indic and Persian digits of a keyboard mean the same numbers.
function toDigits(text: string): string {
  return text
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replace(/\D/g, "");
}
