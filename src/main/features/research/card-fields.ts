import type { Card } from "@shared/contract/research.ts";

type Field = Card["parameters"][number];
type Words = Field["label"];

const words = (en: string, ar: string): Words => ({ en, ar });

/** How many rows or pairs a card answers at most. */
export const limitField = (value: number): Field => ({ name: "limit", kind: "integer", label: words("At most", "بحد أقصى"), value });

/** From which clinic day on. */
export const sinceField = (): Field => ({ name: "since", kind: "day", label: words("From day", "من يوم"), value: "2020-01-01" });

export const statusField = (): Field => ({
  name: "status",
  kind: "choice",
  label: words("Status of the appointment", "حالة الموعد"),
  choices: ["all", "booked", "arrived", "in-progress", "completed", "cancelled", "no-show"],
  value: "all",
});

export const certaintyField = (): Field => ({
  name: "certainty",
  kind: "choice",
  label: words("Certainty", "درجة التأكد"),
  choices: ["all", "confirmed", "provisional"],
  value: "all",
});

export const severityField = (): Field => ({
  name: "severity",
  kind: "choice",
  label: words("Severity", "الشدة"),
  choices: ["all", "mild", "moderate", "severe"],
  value: "all",
});

export const yearField = (): Field => ({ name: "year", kind: "integer", label: words("Ages in the year", "الأعمار في سنة"), value: 2026 });

export const codeField = (): Field => ({ name: "code", kind: "text", label: words("ICD-10 code", "رمز ICD-10"), value: "I10" });

export const systolicField = (): Field => ({
  name: "systolic",
  kind: "integer",
  label: words("High from (systolic, mmHg)", "مرتفع ابتداءً من (الانقباضي، ملم زئبق)"),
  // Stage 1 hypertension of ACC/AHA 2017 begins here.
  value: 130,
});

export const leastField = (): Field => ({
  name: "least",
  kind: "integer",
  label: words("Patients of a pair at least", "أقل عدد من المرضى لكل زوج"),
  value: 2,
});
