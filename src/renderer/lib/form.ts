import { zodResolver } from "@hookform/resolvers/zod";
import { useCallback } from "react";
import { type FieldPath, type FieldValues, type UseFormProps, type UseFormReturn, useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import type { z } from "zod";
import { toAppError } from "./api.ts";
import { useErrorWords } from "./error-words.ts";

/** A form checked by the contract's own schema: `useZodForm(schema, { defaultValues })`. */
export function useZodForm<Schema extends z.ZodType<FieldValues, FieldValues>>(
  schema: Schema,
  options: Omit<UseFormProps<z.input<Schema>, unknown, z.output<Schema>>, "resolver"> = {},
): UseFormReturn<z.input<Schema>, unknown, z.output<Schema>> {
  return useForm<z.input<Schema>, unknown, z.output<Schema>>({ resolver: zodResolver(schema), mode: "onTouched", ...options });
}

/**
 * Runs a submit and brings a typed refusal back to the field it names; what names no field of the form stands at the
 * form's root (`form.formState.errors.root`). Answers whether it went well.
 */
export function useSubmit<Fields extends FieldValues, Output>(
  form: UseFormReturn<Fields, unknown, Output>,
  act: (values: Output) => Promise<unknown>,
) {
  const words = useErrorWords();
  const { t } = useTranslation("errors");
  return useCallback(
    (event?: React.BaseSyntheticEvent) =>
      form.handleSubmit(async (values) => {
        try {
          await act(values);
        } catch (error) {
          const failure = toAppError(error);
          const field = failure.data.field;
          if (field && field in form.getValues()) {
            const own = { "invalid-input": t("field.refused"), "wrong-credentials": t("field.wrongPassword") };
            const message = own[failure.code as keyof typeof own] ?? words(failure).message;
            form.setError(field as FieldPath<Fields>, { type: failure.code, message }, { shouldFocus: true });
          } else {
            const { message, reference } = words(failure);
            form.setError("root", { type: failure.code, message: reference ? `${message} ${reference}` : message });
          }
        }
      })(event),
    [form, act, words, t],
  );
}
