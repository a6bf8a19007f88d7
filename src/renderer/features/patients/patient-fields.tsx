import { usePreferences } from "@renderer/lib/preferences.ts";
import { useToday } from "@renderer/lib/use-format.ts";
import { DayField, FieldRow, SelectField, TextField } from "@renderer/ui/index.ts";
import { Phone, Sex } from "@shared/contract/patients.ts";
import { line } from "@shared/model/text.ts";
import { Day } from "@shared/model/time.ts";
import type { Control } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { z } from "zod";

/** A patient's particulars as the desk types them; the contract checks them again. */
export const Particulars = z.object({
  givenName: line(100),
  familyName: line(100),
  birthDate: Day,
  sex: Sex,
  phone: Phone.nullable(),
  email: z.email().max(200).nullable(),
  nationalId: line(40).nullable(),
  region: line(80).nullable(),
  address: line(300).nullable(),
});
export type ParticularsInput = z.input<typeof Particulars>;
type ParticularsOutput = z.output<typeof Particulars>;

/** The fields of a patient's particulars, in the order the desk asks for them. */
export function PatientFields({
  control,
  autoFocus = false,
}: {
  control: Control<ParticularsInput, unknown, ParticularsOutput>;
  autoFocus?: boolean;
}) {
  const { t } = useTranslation("patients");
  const language = usePreferences((state) => state.language);
  const today = useToday();
  const sexes = Sex.options.map((value) => ({ value, label: t(`sex.${value}`) }));
  return (
    <>
      <FieldRow>
        <TextField control={control} name="givenName" label={t("givenName")} required autoFocus={autoFocus} />
        <TextField control={control} name="familyName" label={t("familyName")} required />
      </FieldRow>
      <FieldRow>
        <DayField control={control} name="birthDate" label={t("birthDate")} language={language} max={today} required />
        <SelectField control={control} name="sex" label={t("sexLabel")} options={sexes} required />
      </FieldRow>
      <FieldRow>
        <TextField control={control} name="phone" label={t("phone")} nullable ltr type="tel" />
        <TextField control={control} name="nationalId" label={t("nationalId")} nullable ltr />
      </FieldRow>
      <FieldRow>
        <TextField control={control} name="email" label={t("email")} nullable ltr type="email" />
        <TextField control={control} name="region" label={t("region")} nullable />
      </FieldRow>
      <TextField control={control} name="address" label={t("address")} nullable />
    </>
  );
}
