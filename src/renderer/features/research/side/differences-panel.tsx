import { useFormat } from "@renderer/lib/use-format.ts";
import { Num, Panel, Section } from "@renderer/ui/index.ts";
import { useTranslation } from "react-i18next";
import type { Schema } from "../types.ts";
import styles from "./side.module.css";

const PARTS = ["reads", "allowed", "engine", "masked", "small", "limits", "audit"] as const;
const CODE: Partial<Record<(typeof PARTS)[number], string>> = {
  allowed: "MATCH, OPTIONAL MATCH, WHERE, WITH, UNWIND, RETURN, ORDER BY, SKIP, LIMIT, UNION, CALL { … }, EXISTS { … }, COUNT { … }",
};

/** What this engine does not do as Neo4j does, and what to write instead. The gate names the same where it refuses. */
const INSTEAD: readonly [string, string][] = [
  ["RETURN n, count(*)", "RETURN n, count(*) AS c"],
  ["list + value", "list + [value]"],
  ["list[..-1]", "list[0..size(list) - 1]"],
  ["a ^ b ^ c", "(a ^ b) ^ c"],
  ["1 + 'a'", "toString(1) + 'a'"],
  ["none(x IN list WHERE …)", "size([x IN list WHERE …]) = 0"],
  ["(n:A|B)", "MATCH (n) WHERE n:A OR n:B"],
  ["(n WHERE …)", "MATCH (n) WHERE …"],
  ["-[:R]->{1,3}", "-[:R*1..3]->"],
  ["SHORTEST 1", "shortestPath(…)"],
  ["OFFSET 10", "SKIP 10"],
  ["duration.between(a, b)", "a.startsAt >= '2026-11-01'"],
];

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
          {part === "engine" && <Instead />}
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

function Instead() {
  const { t } = useTranslation("research");
  return (
    <table className={styles.instead}>
      <thead>
        <tr>
          <th scope="col">{t("differences.insteadOf")}</th>
          <th scope="col">{t("differences.write")}</th>
        </tr>
      </thead>
      <tbody>
        {INSTEAD.map(([there, here]) => (
          <tr key={there}>
            <td>
              <Num>{there}</Num>
            </td>
            <td>
              <Num>{here}</Num>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
