import { lazy, Suspense } from "react";
import { type FieldValues, useController } from "react-hook-form";
import { useFieldWords } from "./field-words.ts";
import type { FieldProps } from "./fields.tsx";
import { Skeleton } from "./states.tsx";

// react-aria's segments are a large piece that most first screens do not need.
const DateField = lazy(() => import("./date-field.tsx"));

type DayFieldProps<F extends FieldValues, O> = FieldProps<F, O> & {
  language: "en" | "ar";
  calendar?: "gregorian" | "hijri";
  min?: string;
  max?: string;
};

/** A day bound to a form: typed segments, stored `YYYY-MM-DD`. */
export function DayField<F extends FieldValues, O>(props: DayFieldProps<F, O>) {
  const { control, name, ...rest } = props;
  const { field, fieldState } = useController({ control, name });
  const words = useFieldWords();
  return (
    <Suspense fallback={<Skeleton lines={1} />}>
      <DateField
        {...rest}
        value={field.value || null}
        onChange={(day) => field.onChange(day ?? "")}
        onBlur={field.onBlur}
        error={words(fieldState.error)}
      />
    </Suspense>
  );
}

export { DateField };
