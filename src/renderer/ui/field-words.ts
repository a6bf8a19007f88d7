import type { FieldError } from "react-hook-form";
import { useTranslation } from "react-i18next";

// What the contract's schemas say in English, by the key of the words that say it on screen.
const BY_MESSAGE = {
  "is empty": "required",
  "is too short": "tooShort",
  "must be one line": "oneLine",
  "has a character that cannot be stored": "badCharacter",
  "is not a day that exists (YYYY-MM-DD)": "notADay",
  "is not a time zone": "notAZone",
  "needs at least 4 digits": "phone",
  "2 to 64 letters, digits, . _ @ -": "username",
  "must be HH:MM": "notATime",
  "must be like neo4j+s://graph.clinic.example:7687, without user and password": "neo4jAddress",
  "must be like mongodb://documents.clinic.example:27017/?tls=true, without user and password": "mongodbAddress",
  "must be like https://clinic.example:7420": "hostAddress",
} as const;

const BY_CODE = {
  too_small: "tooShort",
  too_big: "tooLong",
  invalid_type: "required",
  invalid_format: "notThisForm",
  invalid_value: "chooseOne",
  invalid_union: "notThisForm",
  custom: "notThisForm",
  required: "required",
} as const;

/** The words under a field: of the schema's complaint in the screen's language, or of the server's refusal as given. */
export function useFieldWords(): (error: FieldError | undefined) => string | undefined {
  const { t } = useTranslation("ui");
  return (error) => {
    if (!error) return undefined;
    const known = BY_MESSAGE[error.message as keyof typeof BY_MESSAGE] ?? BY_CODE[error.type as keyof typeof BY_CODE];
    return known ? t(`field.${known}`) : error.message || t("field.notThisForm");
  };
}
