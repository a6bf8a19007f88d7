import { useFormat } from "@renderer/lib/use-format.ts";
import { Num, Panel, Section } from "@renderer/ui/index.ts";
import { useTranslation } from "react-i18next";
import type { Schema } from "../types.ts";
import styles from "./side.module.css";

const PARTS = ["reads", "allowed", "engine", "masked", "small", "limits", "audit"] as const;
/** Constructs that the embedded engine is known to answer otherwise than Neo4j; the gate refuses them by name. */
const CODE: Partial<Record<(typeof PARTS)[number], string>> = {
  allowed: "MATCH, OPTIONAL MATCH, WHERE, WITH, UNWIND, RETURN, ORDER BY, SKIP, LIMIT, UNION, CALL { … }, EXISTS { … }, COUNT { … }",
};

/** What is not as in Neo4j: what is refused, masked and bounded here, and why. */
export function DifferencesPanel({ schema, onClose }: { schema: Schema | null; onClose(): void }) {
  const { t } = useTranslation("research");
  const format = useFormat();
  const { timeoutMs = 0, memoryBytes = 0, rows = 0, nodes = 0, cypherLength = 0 } = schema?.limits ?? {};
  const figures = {
    seconds: format.number(timeoutMs / 1000),
    memory: format.bytes(memoryBytes),
    rows: format.number(rows),
    nodes: format.number(nodes),
    length: format.number(cypherLength),
  };
  return (
    <Panel title={schema?.engine.name === "neo4j" ? t("head.differencesHere") : t("head.differences")} onClose={onClose}>
      {PARTS.filter((part) => part !== "engine" || schema?.engine.name !== "neo4j").map((part) => (
        <Section key={part} title={t(`differences.${part}.title`)}>
          <p className={styles.difference}>{t(`differences.${part}.words`, figures)}</p>
          {CODE[part] && (
            <p>
              <Num className={styles.cypherWhole}>{CODE[part]}</Num>
            </p>
          )}
        </Section>
      ))}
    </Panel>
  );
}
