import { TextInput } from "@mantine/core";
import { WallTime } from "@shared/model/time.ts";
import { useState } from "react";

/** `8` is 08:00, `830` and `8.30` are 08:30; anything else stays as typed, for the host to name. */
export function wallTimeOf(typed: string): string {
  const found = /^(\d{1,2})(?:[:.\s]?(\d{2}))?$/.exec(typed.trim());
  if (!found) return typed.trim();
  return `${(found[1] as string).padStart(2, "0")}:${found[2] ?? "00"}`;
}

interface TimeInputProps {
  label: string;
  value: string;
  wrong?: boolean;
  onChange(time: string): void;
}

/** A time of day on the 24-hour clock, whatever the computer's own habit is; shown in full when the field is left or Enter is pressed. */
export function TimeInput({ label, value, wrong = false, onChange }: TimeInputProps) {
  const [typed, type] = useState<string | null>(null);
  const take = () => {
    if (typed !== null && wallTimeOf(typed) !== value) onChange(wallTimeOf(typed));
    type(null);
  };
  return (
    <TextInput
      dir="ltr"
      inputMode="numeric"
      autoComplete="off"
      maxLength={5}
      aria-label={label}
      value={typed ?? value}
      error={wrong}
      onChange={(event) => {
        const text = event.currentTarget.value;
        type(text);
        if (WallTime.safeParse(wallTimeOf(text)).success) onChange(wallTimeOf(text));
      }}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === "Enter") take();
      }}
    />
  );
}
