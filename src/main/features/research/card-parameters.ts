import type { Card } from "@shared/contract/research.ts";
import { AppError } from "@shared/define.ts";
import { isDay } from "@shared/model/time.ts";
import type { Parameters } from "./parameters.ts";

type CardParameter = Card["parameters"][number];

const TEXT_MAX = 200;

/** What a card is run with: the values given, checked by the kind of their field, and the card's own for the others. */
export function cardParameters(card: Card, given: Parameters): Parameters {
  const unknown = Object.keys(given).find((name) => !card.parameters.some((parameter) => parameter.name === name));
  if (unknown !== undefined) throw refused(`The card has no parameter $${unknown}.`, unknown);
  return Object.fromEntries(
    card.parameters.map((parameter) => {
      if (!Object.hasOwn(given, parameter.name)) return [parameter.name, parameter.value];
      const value = given[parameter.name];
      if (!FITS[parameter.kind](value, parameter))
        throw refused(`The parameter $${parameter.name} is no ${parameter.kind}.`, parameter.name);
      return [parameter.name, value];
    }),
  );
}

const FITS: Record<CardParameter["kind"], (value: unknown, parameter: CardParameter) => boolean> = {
  integer: (value) => Number.isSafeInteger(value),
  day: (value) => typeof value === "string" && isDay(value),
  choice: (value, { choices = [] }) => typeof value === "string" && choices.includes(value),
  text: (value) => typeof value === "string" && value.length <= TEXT_MAX,
};

function refused(message: string, name: string): AppError {
  return new AppError("invalid-input", message, { field: `parameters.${name}` });
}
