import { Menu, Textarea, TextInput } from "@mantine/core";
import { useFormat } from "@renderer/lib/use-format.ts";
import { IconButton, Num, SegmentedControl } from "@renderer/ui/index.ts";
import { IconBraces, IconChevronDown } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useShallow } from "zustand/react/shallow";
import { useConsole } from "../console-store.ts";
import type { Cell, Schema } from "../types.ts";
import { guessKind, KINDS, type Kind, type ParameterFault, type ParameterValue, readParameters, valuesOf } from "./parameter-values.ts";
import styles from "./parameters.module.css";

/** The parameters that stand in the text, each with the field of its kind, or all of them as JSON. */
export function ParametersPane({ limits }: { limits: Schema["limits"] | null }) {
  const { t } = useTranslation("research");
  const { text, names, values, give } = useConsole(useShallow(({ text, names, values, give }) => ({ text, names, values, give })));
  const [raw, setRaw] = useState(false);
  const { faults } = readParameters(names, values, text);
  return (
    <section className={styles.pane} aria-label={t("parameters.title")}>
      <div className={styles.head}>
        <h2 className={styles.title}>{t("parameters.title")}</h2>
        <IconButton label={t("parameters.raw")} icon={<IconBraces size={16} />} aria-pressed={raw} onClick={() => setRaw(!raw)} />
      </div>
      <div className={styles.body}>
        {raw ? (
          <RawParameters />
        ) : names.length === 0 ? (
          <p className={styles.none}>
            {t("parameters.none")} <Num className={styles.code}>$region</Num>
          </p>
        ) : (
          names.map((name) => (
            <ParameterField
              key={name}
              name={name}
              value={values[name] ?? { kind: guessKind(name, text), text: "" }}
              fault={values[name] ? faults[name] : undefined}
              onChange={(value) => give(name, value)}
            />
          ))
        )}
      </div>
      {limits && <Limits limits={limits} />}
    </section>
  );
}

function Limits({ limits }: { limits: Schema["limits"] }) {
  const { t } = useTranslation("research");
  const format = useFormat();
  return (
    <p className={styles.limits}>
      {t("parameters.limits", {
        seconds: format.number(limits.timeoutMs / 1000),
        nodes: format.number(limits.nodes),
        rows: format.number(limits.rows),
      })}
      <br />
      {t("parameters.audited")}
    </p>
  );
}

interface ParameterFieldProps {
  name: string;
  value: ParameterValue;
  fault: ParameterFault | undefined;
  onChange(value: ParameterValue): void;
}

function ParameterField({ name, value, fault, onChange }: ParameterFieldProps) {
  const { t } = useTranslation("research");
  return (
    <div className={styles.field}>
      <span className={styles.nameLine}>
        <Num className={styles.code}>${name}</Num>
        <KindMenu name={name} kind={value.kind} onChoose={(kind) => onChange({ ...value, kind })} />
      </span>
      <ValueField name={name} value={value} onChange={onChange} error={fault && t(`parameters.faults.${fault}`)} />
    </div>
  );
}

function KindMenu({ name, kind, onChoose }: { name: string; kind: Kind; onChoose(kind: Kind): void }) {
  const { t } = useTranslation("research");
  return (
    <Menu position="bottom-end" returnFocus>
      <Menu.Target>
        <button type="button" className={styles.kind} aria-label={t("parameters.kindOf", { name, kind: t(`parameters.kinds.${kind}`) })}>
          {t(`parameters.kinds.${kind}`)}
          <IconChevronDown size={16} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {KINDS.map((choice) => (
          <Menu.Item key={choice} onClick={() => onChoose(choice)}>
            {t(`parameters.kinds.${choice}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function ValueField({ name, value, error, onChange }: { error?: string } & Omit<ParameterFieldProps, "fault">) {
  const { t } = useTranslation("research");
  const shared = { "aria-label": `$${name}`, value: value.text, error, spellCheck: false, autoComplete: "off" };
  const write = (text: string) => onChange({ ...value, text });
  if (value.kind === "null") return <span className={styles.nothing}>null</span>;
  if (value.kind === "boolean")
    return (
      <SegmentedControl
        label={`$${name}`}
        items={[
          { value: "true", label: t("parameters.true") },
          { value: "false", label: t("parameters.false") },
        ]}
        value={value.text === "true" ? "true" : "false"}
        onChange={write}
      />
    );
  if (value.kind === "json")
    return <Textarea {...shared} dir="ltr" rows={2} placeholder='["a", "b"]' onChange={(event) => write(event.currentTarget.value)} />;
  return (
    <TextInput
      {...shared}
      // A day is written as the query compares it; a date field would follow the browser's own country instead of the clinic.
      placeholder={value.kind === "day" ? "YYYY-MM-DD" : undefined}
      inputMode={value.kind === "number" ? "decimal" : undefined}
      dir={value.kind === "text" ? "auto" : "ltr"}
      onChange={(event) => write(event.currentTarget.value)}
    />
  );
}

function RawParameters() {
  const { t } = useTranslation("research");
  const { text, names, values, giveAll } = useConsole(useShallow(({ text, names, values, giveAll }) => ({ text, names, values, giveAll })));
  const [raw, setRaw] = useState(() => JSON.stringify(readParameters(names, values, text).parameters, null, 2));
  const [wrong, setWrong] = useState(false);
  const write = (typed: string) => {
    setRaw(typed);
    const read = objectOf(typed);
    setWrong(read === null);
    if (read) giveAll(valuesOf(read));
  };
  return (
    <Textarea
      aria-label={t("parameters.raw")}
      dir="ltr"
      rows={8}
      classNames={{ input: styles.rawInput }}
      value={raw}
      spellCheck={false}
      error={wrong && t("parameters.faults.object")}
      onChange={(event) => write(event.currentTarget.value)}
    />
  );
}

function objectOf(text: string): Record<string, Cell> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, Cell>) : null;
  } catch {
    return null;
  }
}
