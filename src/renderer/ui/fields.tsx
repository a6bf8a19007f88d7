import { Checkbox, NumberInput, PasswordInput, Select, Textarea, TextInput } from "@mantine/core";
import type { HTMLInputTypeAttribute, ReactNode } from "react";
import { type Control, type FieldPath, type FieldValues, useController } from "react-hook-form";
import { useFieldWords } from "./field-words.ts";

export interface FieldProps<F extends FieldValues, O = F> {
  control: Control<F, unknown, O>;
  name: FieldPath<F>;
  label: string;
  description?: string;
  required?: boolean;
  disabled?: boolean;
  autoFocus?: boolean;
}

function useField<F extends FieldValues, O>({ control, name }: FieldProps<F, O>) {
  const { field, fieldState } = useController({ control, name });
  const words = useFieldWords();
  return { field, error: words(fieldState.error) };
}

type TextFieldProps<F extends FieldValues, O> = FieldProps<F, O> & {
  type?: HTMLInputTypeAttribute;
  autoComplete?: string;
  placeholder?: string;
  /** Nothing typed is `null`, for the contract's nullable fields. */
  nullable?: boolean;
  /** Phones, ids, codes, e-mail: left to right in both languages. */
  ltr?: boolean;
  icon?: ReactNode;
};

/** One line of text bound to a form: `<TextField control={form.control} name="givenName" label={…} />`. */
export function TextField<F extends FieldValues, O>(props: TextFieldProps<F, O>) {
  const { label, description, required, disabled, autoFocus, type, autoComplete = "off", placeholder, nullable, ltr, icon } = props;
  const { field, error } = useField(props);
  return (
    <TextInput
      {...field}
      value={field.value ?? ""}
      onChange={(event) => field.onChange(nullable && event.currentTarget.value === "" ? null : event.currentTarget.value)}
      {...{ label, description, disabled, type, autoComplete, placeholder, error }}
      leftSection={icon}
      withAsterisk={required}
      aria-required={required}
      data-autofocus={autoFocus || undefined}
      autoFocus={autoFocus}
      dir={ltr ? "ltr" : undefined}
      spellCheck={false}
    />
  );
}

/** A password, which can be shown. */
export function PasswordField<F extends FieldValues, O>(
  props: FieldProps<F, O> & { autoComplete: "current-password" | "new-password"; visibilityLabel: string },
) {
  const { label, description, required, disabled, autoFocus, autoComplete, visibilityLabel } = props;
  const { field, error } = useField(props);
  return (
    <PasswordInput
      {...field}
      value={field.value ?? ""}
      {...{ label, description, disabled, autoComplete, error, autoFocus }}
      withAsterisk={required}
      aria-required={required}
      visibilityToggleButtonProps={{ "aria-label": visibilityLabel }}
      dir="ltr"
    />
  );
}

/** Several lines. */
export function TextAreaField<F extends FieldValues, O>(props: FieldProps<F, O> & { rows?: number; nullable?: boolean }) {
  const { label, description, required, disabled, autoFocus, rows = 4, nullable } = props;
  const { field, error } = useField(props);
  return (
    <Textarea
      {...field}
      value={field.value ?? ""}
      onChange={(event) => field.onChange(nullable && event.currentTarget.value === "" ? null : event.currentTarget.value)}
      {...{ label, description, disabled, error, rows, autoFocus }}
      withAsterisk={required}
      aria-required={required}
    />
  );
}

type SelectFieldProps<F extends FieldValues, O> = FieldProps<F, O> & {
  options: readonly { value: string; label: string }[];
  searchable?: boolean;
  clearable?: boolean;
  nothingFound?: string;
  placeholder?: string;
};

/** One of several. */
export function SelectField<F extends FieldValues, O>(props: SelectFieldProps<F, O>) {
  const { label, description, required, disabled, autoFocus, options, searchable, clearable, nothingFound, placeholder } = props;
  const { field, error } = useField(props);
  return (
    <Select
      {...field}
      value={field.value ?? null}
      data={options}
      {...{ label, description, disabled, error, searchable, clearable, placeholder, autoFocus }}
      nothingFoundMessage={nothingFound}
      allowDeselect={false}
      withAsterisk={required}
      limit={200}
      checkIconPosition="right"
    />
  );
}

/** A number with its unit in the label; empty is `null`. */
export function NumberField<F extends FieldValues, O>(
  props: FieldProps<F, O> & { min?: number; max?: number; step?: number; decimals?: number },
) {
  const { label, description, required, disabled, min, max, step, decimals, autoFocus } = props;
  const { field, error } = useField(props);
  return (
    <NumberInput
      {...field}
      value={field.value ?? ""}
      onChange={(value) => field.onChange(value === "" ? null : Number(value))}
      {...{ label, description, disabled, error, min, max, step, autoFocus }}
      decimalScale={decimals ?? 0}
      withAsterisk={required}
      hideControls
      dir="ltr"
    />
  );
}

/** Yes or no. */
export function CheckboxField<F extends FieldValues, O>(props: FieldProps<F, O>) {
  const { label, description, disabled } = props;
  const { field, error } = useField(props);
  const { value, onChange, ...rest } = field;
  return (
    <Checkbox
      {...rest}
      checked={value ?? false}
      onChange={(event) => onChange(event.currentTarget.checked)}
      {...{ label, description, disabled, error }}
    />
  );
}
