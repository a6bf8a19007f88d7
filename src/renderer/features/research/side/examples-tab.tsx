import { Select, TextInput } from "@mantine/core";
import { useRouteQuery } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { usePreferences } from "@renderer/lib/preferences.ts";
import { Button, Loaded, Skeleton } from "@renderer/ui/index.ts";
import { IconPlayerPlay } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fromJson, type ParameterValue, toJson } from "../parameters/parameter-values.ts";
import type { Card, Cell } from "../types.ts";
import styles from "./side.module.css";

interface ExamplesTabProps {
  onRun(card: Card, parameters: Record<string, Cell>): void;
  onOpen(card: Card, parameters: Record<string, Cell>): void;
}

/** Worked examples for whoever is new here: what each answers, how it is built, and its parameters. */
export function ExamplesTab({ onRun, onOpen }: ExamplesTabProps) {
  const { t } = useTranslation("research");
  const words = useErrorWords();
  const [open, setOpen] = useState<string | null>(null);
  const query = useRouteQuery("research", "listCards", {}, { staleTime: Number.POSITIVE_INFINITY });
  return (
    <Loaded query={query} words={words} skeleton={<Skeleton lines={10} tall />}>
      {({ items }) => (
        <>
          <p className={styles.intro}>{t("examples.intro")}</p>
          <ul aria-label={t("examples.title")}>
            {items.map((card) => (
              <ExampleRow
                key={card.id}
                card={card}
                open={open === card.id}
                onToggle={() => setOpen(open === card.id ? null : card.id)}
                onRun={onRun}
                onOpen={onOpen}
              />
            ))}
          </ul>
        </>
      )}
    </Loaded>
  );
}

interface ExampleRowProps extends ExamplesTabProps {
  card: Card;
  open: boolean;
  onToggle(): void;
}

function ExampleRow({ card, open, onToggle, onRun, onOpen }: ExampleRowProps) {
  const language = usePreferences((state) => state.language);
  return (
    <li className={styles.item} data-current={open || undefined} data-stacked="">
      <button type="button" className={styles.main} aria-expanded={open} onClick={onToggle}>
        <span className={styles.name}>{card.title[language]}</span>
        <span className={styles.about} data-whole={open || undefined}>
          {card.about[language]}
        </span>
      </button>
      {open && <ExampleForm card={card} onRun={onRun} onOpen={onOpen} />}
    </li>
  );
}

function ExampleForm({ card, onRun, onOpen }: { card: Card } & ExamplesTabProps) {
  const { t } = useTranslation("research");
  const [values, setValues] = useState<Record<string, ParameterValue>>(() =>
    Object.fromEntries(card.parameters.map(({ name, value }) => [name, fromJson(value)])),
  );
  const read = card.parameters.map(({ name, kind }) => [name, readValue(kind, values[name]?.text ?? "")] as const);
  const parameters = Object.fromEntries(read.flatMap(([name, found]) => ("value" in found ? [[name, found.value]] : [])));
  const complete = Object.keys(parameters).length === card.parameters.length;
  return (
    <div className={styles.form}>
      {card.parameters.map((parameter) => (
        <ExampleField
          key={parameter.name}
          parameter={parameter}
          text={values[parameter.name]?.text ?? ""}
          onChange={(text) => setValues({ ...values, [parameter.name]: { kind: "text", text } })}
        />
      ))}
      <div className={styles.fileButtons}>
        <Button
          variant="primary"
          icon={<IconPlayerPlay size={16} className="flip" aria-hidden="true" />}
          disabled={!complete}
          onClick={() => onRun(card, parameters)}
        >
          {complete ? t("examples.run") : t("examples.missing")}
        </Button>
        <Button onClick={() => onOpen(card, parameters)}>{t("examples.open")}</Button>
      </div>
    </div>
  );
}

type CardParameter = Card["parameters"][number];

function readValue(kind: CardParameter["kind"], text: string): ReturnType<typeof toJson> {
  return toJson({ kind: kind === "integer" ? "number" : kind === "day" ? "day" : "text", text });
}

function ExampleField({ parameter, text, onChange }: { parameter: CardParameter; text: string; onChange(text: string): void }) {
  const { t } = useTranslation("research");
  const language = usePreferences((state) => state.language);
  const { kind, choices, label } = parameter;
  const fault = readValue(kind, text);
  if (kind === "choice" && choices)
    return (
      <Select label={label[language]} data={choices} value={text} allowDeselect={false} onChange={(value) => onChange(value ?? text)} />
    );
  return (
    <TextInput
      label={label[language]}
      placeholder={kind === "day" ? "YYYY-MM-DD" : undefined}
      inputMode={kind === "integer" ? "numeric" : undefined}
      dir={kind === "text" ? "auto" : "ltr"}
      value={text}
      error={"fault" in fault && t(`parameters.faults.${fault.fault}`)}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
