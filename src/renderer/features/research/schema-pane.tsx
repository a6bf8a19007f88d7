import { TextInput } from "@mantine/core";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useFormat } from "@renderer/lib/use-format.ts";
import { IconButton, Loaded, Num, Skeleton } from "@renderer/ui/index.ts";
import { IconArrowNarrowRight, IconChevronRight, IconEyeOff, IconRefresh, IconSearch } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { LabelGlyph } from "./picture/glyph.tsx";
import styles from "./schema.module.css";
import type { Schema } from "./types.ts";
import type { useSchema } from "./use-schema.ts";

type Property = Schema["labels"][number]["properties"][number];

interface SchemaPaneProps {
  reading: ReturnType<typeof useSchema>;
  /** Words for the editor, at its caret. */
  onInsert(words: string): void;
}

/** A letter for the pattern's variable: the label's own. */
const variableOf = (label: string) => label[0]?.toLowerCase() ?? "n";
const quoted = (name: string) => (/^[A-Za-z_]\w*$/.test(name) ? name : `\`${name}\``);

/** What there is to ask about: labels and relationship types with their counts and properties. A press puts it into the editor. */
export function SchemaPane({ reading, onInsert }: SchemaPaneProps) {
  const { t } = useTranslation("research");
  const words = useErrorWords();
  const [text, setText] = useState("");
  const { query, refresh } = reading;
  return (
    <section className={styles.pane} aria-label={t("schema.title")}>
      <div className={styles.head}>
        <h2 className={styles.title}>{t("schema.title")}</h2>
        <IconButton
          label={refresh.isPending ? t("head.refreshing") : t("head.refresh")}
          icon={<IconRefresh size={16} />}
          disabled={refresh.isPending}
          onClick={() => refresh.mutate()}
        />
      </div>
      <div className={styles.filter}>
        <TextInput
          size="sm"
          aria-label={t("schema.filter")}
          placeholder={t("schema.filter")}
          leftSection={<IconSearch size={16} />}
          value={text}
          spellCheck={false}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </div>
      <div className={styles.body}>
        <Loaded query={query} words={words} skeleton={<Skeleton lines={12} />}>
          {(schema) => <Lists schema={schema} text={text.trim().toLowerCase()} onInsert={onInsert} />}
        </Loaded>
      </div>
    </section>
  );
}

function Lists({ schema, text, onInsert }: { schema: Schema; text: string; onInsert(words: string): void }) {
  const { t } = useTranslation("research");
  const found = (name: string, properties: readonly Property[]) =>
    text === "" || name.toLowerCase().includes(text) || properties.some((property) => property.name.toLowerCase().includes(text));
  const labels = schema.labels.filter(({ name, properties }) => found(name, properties));
  const relationships = schema.relationships.filter(({ type, properties }) => found(type, properties));
  return (
    <>
      <Group title={t("schema.labels")} count={labels.length}>
        {labels.map(({ name, count, properties }) => (
          <Thing
            key={name}
            name={name}
            count={count}
            icon={<LabelGlyph label={name} />}
            properties={properties}
            onUse={() => onInsert(`MATCH (${variableOf(name)}:${quoted(name)})\nRETURN ${variableOf(name)} LIMIT 25`)}
            onProperty={(property) => onInsert(`${variableOf(name)}.${quoted(property)}`)}
          />
        ))}
      </Group>
      <Group title={t("schema.relationships")} count={relationships.length}>
        {relationships.map(({ type, count, from, to, properties }) => (
          <Thing
            key={type}
            name={type}
            count={count}
            icon={<IconArrowNarrowRight size={16} className="flip" aria-hidden="true" />}
            joins={`(${from.map((label) => `:${label}`).join("|")}) → (${to.map((label) => `:${label}`).join("|")})`}
            properties={properties}
            onUse={() => onInsert(relationshipPattern(type, from, to))}
            onProperty={(property) => onInsert(`r.${quoted(property)}`)}
          />
        ))}
      </Group>
      {labels.length + relationships.length === 0 && <p className={styles.none}>{t("schema.none")}</p>}
    </>
  );
}

function relationshipPattern(type: string, [from]: readonly string[], [to]: readonly string[]): string {
  const start = from ? `(a:${quoted(from)})` : "(a)";
  const end = to ? `(b:${quoted(to)})` : "(b)";
  return `MATCH ${start}-[r:${quoted(type)}]->${end}\nRETURN a, r, b LIMIT 25`;
}

function Group({ title, count, children }: { title: string; count: number; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h3 className={styles.group}>
        {title} <Num>{count}</Num>
      </h3>
      <ul>{children}</ul>
    </section>
  );
}

interface ThingProps {
  name: string;
  count: number;
  icon: ReactNode;
  joins?: string;
  properties: readonly Property[];
  onUse(): void;
  onProperty(name: string): void;
}

function Thing({ name, count, icon, joins, properties, onUse, onProperty }: ThingProps) {
  const { t } = useTranslation("research");
  const format = useFormat();
  const [open, setOpen] = useState(false);
  return (
    <li className={styles.thing} data-open={open || undefined}>
      <div className={styles.line}>
        <button
          type="button"
          className={styles.opener}
          aria-expanded={open}
          aria-label={t("schema.properties", { name })}
          onClick={() => setOpen(!open)}
        >
          <IconChevronRight size={16} className="flip" aria-hidden="true" />
        </button>
        <button type="button" className={styles.use} title={t("schema.use", { name })} onClick={onUse}>
          {icon}
          <span className={joins === undefined ? styles.label : styles.type}>
            <Num>{name}</Num>
          </span>
          <Num className={styles.count}>{format.number(count)}</Num>
        </button>
      </div>
      {open && (
        <ul className={styles.properties}>
          {joins !== undefined && (
            <li className={styles.joins}>
              <Num>{joins}</Num>
            </li>
          )}
          {properties.length === 0 && <li className={styles.joins}>{t("schema.noProperties")}</li>}
          {properties.map((property) => (
            <PropertyLine key={property.name} property={property} onUse={() => onProperty(property.name)} />
          ))}
        </ul>
      )}
    </li>
  );
}

function PropertyLine({ property, onUse }: { property: Property; onUse(): void }) {
  const { t } = useTranslation("research");
  const { name, type, visibility } = property;
  return (
    <li>
      <button type="button" className={styles.property} onClick={onUse}>
        <Num>{name}</Num>
        <span className={styles.visibility}>
          {visibility === "plain" ? (
            <Num>{type.toLowerCase()}</Num>
          ) : (
            <>
              <IconEyeOff size={16} aria-hidden="true" />
              {t(`schema.visibility.${visibility}`)}
            </>
          )}
        </span>
      </button>
    </li>
  );
}
