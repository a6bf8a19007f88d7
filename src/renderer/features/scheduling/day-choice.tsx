import { usePreferences } from "@renderer/lib/preferences.ts";
import { DateField, Skeleton } from "@renderer/ui/index.ts";
import { Suspense, useState } from "react";

// While a year is typed digit by digit it passes through the first centuries.
const FIRST_DAY = "2000-01-01";

/** A day typed in segments; only a day that was typed to its end is told. */
export function DayChoice({ label, value, onChange }: { label: string; value: string; onChange(day: string): void }) {
  const { language, calendar } = usePreferences();
  const [typed, type] = useState<{ of: string; day: string | null }>({ of: value, day: value });
  return (
    <Suspense fallback={<Skeleton lines={1} />}>
      <DateField
        label={label}
        language={language}
        calendar={calendar}
        value={typed.of === value ? typed.day : value}
        onChange={(day) => {
          const whole = day !== null && day >= FIRST_DAY;
          type({ of: whole ? day : value, day });
          if (whole) onChange(day);
        }}
      />
    </Suspense>
  );
}
