import { Select } from "@mantine/core";
import { Button, SegmentedControl } from "@renderer/ui/index.ts";
import type { GraphNode } from "@shared/contract/research.ts";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Glyph } from "./glyph.tsx";
import { type ChosenLook, NO_LABEL, propertiesOf, type Size } from "./labels.ts";
import { OUTLINE_NAMES, type OutlineName } from "./outlines.ts";
import styles from "./picture.module.css";
import type { PictureState } from "./use-picture.ts";

interface LooksPanelProps {
  picture: PictureState;
  nodes: readonly GraphNode[];
  onChange(label: string, change: ChosenLook): void;
  onReset(): void;
}

/** How the nodes of a label look: shape, size, and the property that names them. Kept on this machine for the person. */
export function LooksPanel({ picture, nodes, onChange, onReset }: LooksPanelProps) {
  const { t } = useTranslation("research");
  const [picked, pick] = useState<string | null>(null);
  const label = picked ?? picture.counts[0]?.label ?? NO_LABEL;
  const look = picture.looks.get(label);
  const properties = useMemo(() => propertiesOf(nodes, label), [nodes, label]);
  if (!look) return <p className={styles.dim}>{t("picture.empty")}</p>;
  const named = (name: string) => (name === NO_LABEL ? t("picture.noLabel") : name);
  return (
    <div className={styles.stack}>
      <Select
        label={t("picture.label")}
        data={picture.counts.map((counted) => ({ value: counted.label, label: named(counted.label) }))}
        value={label}
        allowDeselect={false}
        searchable
        onChange={(next) => pick(next)}
      />
      <fieldset className={styles.shapes}>
        <legend>{t("picture.shape")}</legend>
        {OUTLINE_NAMES.map((name) => (
          <ShapeChoice key={name} name={name} checked={look.outline === name} onChoose={() => onChange(label, { outline: name })} />
        ))}
      </fieldset>
      <div>
        <p className={styles.heading} aria-hidden="true">
          {t("picture.size")}
        </p>
        <SegmentedControl<Size>
          label={t("picture.size")}
          value={look.size}
          onChange={(size) => onChange(label, { size })}
          items={[
            { value: "small", label: t("picture.sizes.small") },
            { value: "normal", label: t("picture.sizes.normal") },
            { value: "large", label: t("picture.sizes.large") },
          ]}
        />
      </div>
      <Select
        label={t("picture.caption")}
        placeholder={t("picture.captionUsual")}
        data={properties}
        value={look.caption !== null && properties.includes(look.caption) ? look.caption : null}
        clearable
        searchable
        onChange={(caption) => onChange(label, { caption: caption ?? "" })}
      />
      <p className={styles.dim}>{t("picture.looksHint")}</p>
      <div>
        <Button onClick={onReset}>{t("picture.reset")}</Button>
      </div>
    </div>
  );
}

function ShapeChoice({ name, checked, onChoose }: { name: OutlineName; checked: boolean; onChoose(): void }) {
  const { t } = useTranslation("research");
  const words = t(`picture.shapes.${name}`);
  return (
    <label className={styles.shape} title={words}>
      <input type="radio" className="visually-hidden" name="picture-shape" checked={checked} onChange={onChoose} aria-label={words} />
      <Glyph outline={name} size={24} />
    </label>
  );
}
