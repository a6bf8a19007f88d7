import { CalendarDate, createCalendar, parseDate, toCalendar } from "@internationalized/date";
import { DateField as AriaDateField, DateInput, DateSegment } from "react-aria-components/DateField";
import { I18nProvider } from "react-aria-components/I18nProvider";
import { Label } from "react-aria-components/Label";
import styles from "./date-field.module.css";

interface DateFieldProps {
  label: string;
  /** The day, `YYYY-MM-DD` Gregorian, or null. */
  value: string | null;
  onChange(day: string | null): void;
  onBlur?(): void;
  language: "en" | "ar";
  /** The calendar of the typed segments; the value stays Gregorian. */
  calendar?: "gregorian" | "hijri";
  min?: string;
  max?: string;
  error?: string;
  required?: boolean;
  disabled?: boolean;
  autoFocus?: boolean;
  size?: "normal" | "kiosk";
}

/** A day typed in segments, day first; arrow keys count, anything impossible cannot be typed. */
export default function DateField(props: DateFieldProps) {
  const {
    label,
    value,
    onChange,
    onBlur,
    language,
    calendar = "gregorian",
    min,
    max,
    error,
    required,
    disabled,
    autoFocus,
    size = "normal",
  } = props;
  const locale = `${language === "ar" ? "ar-EG" : "en-GB"}-u-nu-latn-ca-${calendar === "hijri" ? "islamic-umalqura" : "gregory"}`;
  const shown = value ? toCalendar(parseDate(value), createCalendar(calendar === "hijri" ? "islamic-umalqura" : "gregory")) : null;
  return (
    <I18nProvider locale={locale}>
      <AriaDateField
        className={styles.field}
        data-size={size}
        value={shown}
        onChange={(day) => onChange(day ? toGregorian(day as CalendarDate) : null)}
        onBlur={onBlur}
        minValue={min ? parseDate(min) : undefined}
        maxValue={max ? parseDate(max) : undefined}
        granularity="day"
        isInvalid={!!error}
        isRequired={required}
        isDisabled={disabled}
        autoFocus={autoFocus}
        shouldForceLeadingZeros
      >
        <Label className={styles.label}>
          {label}
          {required && <span aria-hidden="true"> *</span>}
        </Label>
        <DateInput className={styles.input}>{(segment) => <DateSegment segment={segment} className={styles.segment} />}</DateInput>
        {error && (
          <p className={styles.error} role="alert">
            {error}
          </p>
        )}
      </AriaDateField>
    </I18nProvider>
  );
}

function toGregorian(day: CalendarDate): string {
  return toCalendar(new CalendarDate(day.calendar, day.era, day.year, day.month, day.day), createCalendar("gregory")).toString();
}
