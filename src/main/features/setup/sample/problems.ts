/** Long-standing conditions of the problem list: how common from what age on. */
export const CHRONIC = [
  { code: "I10", from: 40, share: 0.34 },
  { code: "E11.9", from: 38, share: 0.22 },
  { code: "E78.5", from: 40, share: 0.25 },
  { code: "J45.909", from: 5, share: 0.09 },
  { code: "E03.9", from: 25, share: 0.07 },
  { code: "K21.9", from: 25, share: 0.1 },
  { code: "G43.909", from: 15, share: 0.07 },
  { code: "I25.10", from: 55, share: 0.14 },
] as const;

export const ALLERGIES = [
  { substance: "Penicillin G", severity: "severe", reaction: "Anaphylaxis" },
  { substance: "Amoxicillin", severity: "moderate", reaction: "Rash over the trunk" },
  { substance: "Ibuprofen", severity: "moderate", reaction: "Wheeze" },
  { substance: "Aspirin", severity: "moderate", reaction: "Urticaria" },
  { substance: "Sulfamethoxazole", severity: "moderate", reaction: "Widespread rash" },
  { substance: "Peanut", severity: "severe", reaction: "Swelling of lips and throat" },
  { substance: "Latex", severity: "mild", reaction: "Contact dermatitis" },
  { substance: "Codeine", severity: "mild", reaction: "Nausea and itching" },
  { substance: "Iodinated contrast", severity: "moderate", reaction: "Hives" },
] as const;
