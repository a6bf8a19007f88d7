import { Select, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { callRoute, type RouteOutput } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useFormat } from "@renderer/lib/use-format.ts";
import { type Column, DataTable } from "@renderer/ui/data-table.tsx";
import { Button, EmptyState, ErrorState, Num, Pane, Panel, Section, Skeleton, Split, StatusWord, Tabs } from "@renderer/ui/index.ts";
import { contract } from "@shared/contract/index.ts";
import { IconArrowRight, IconBan, IconCheck, IconShieldCheck } from "@tabler/icons-react";
import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./audit.module.css";
import { BreakGlassList } from "./break-glass-list.tsx";
import { VerifyResult } from "./verify-result.tsx";

type Entry = RouteOutput<"reports", "auditLog">["items"][number];
type Part = "trail" | "breakGlass";
const PAGE = 200;
const ACTIONS = Object.entries(contract).flatMap(([domain, routes]) => Object.keys(routes).map((route) => `${domain}.${route}`));

/** Who did what: the trail with filters, the charts opened by break-glass, and the proof that nothing was changed. */
export function Screen() {
  const { t } = useTranslation("reports");
  const [part, setPart] = useState<Part>("trail");
  const verify = useMutation({ mutationFn: () => callRoute("reports", "verifyAudit", {}) });
  return (
    <Split>
      <Pane
        title={t("title")}
        label={t("title")}
        actions={
          <>
            {verify.data && <VerifyResult verdict={verify.data} />}
            <Button icon={<IconShieldCheck size={16} aria-hidden="true" />} busy={verify.isPending} onClick={() => verify.mutate()}>
              {verify.isPending ? t("verifying") : t("verify")}
            </Button>
          </>
        }
        tools={
          <Tabs<Part>
            label={t("title")}
            items={[
              { value: "trail", label: t("trail") },
              { value: "breakGlass", label: t("breakGlass.title") },
            ]}
            value={part}
            onChange={setPart}
          />
        }
      >
        {part === "trail" ? <Trail /> : <BreakGlassList />}
      </Pane>
    </Split>
  );
}

function useTrail(filter: { action?: string; patientId?: string; outcome?: string }) {
  return useInfiniteQuery({
    queryKey: ["reports", "auditLog", filter],
    initialPageParam: undefined as number | undefined,
    queryFn: ({ pageParam, signal }) => callRoute("reports", "auditLog", { ...filter, before: pageParam, limit: PAGE }, signal),
    getNextPageParam: (page) => page.nextBefore ?? undefined,
  });
}

function Trail() {
  const { t } = useTranslation("reports");
  const words = useErrorWords();
  const [action, setAction] = useState<string | null>(null);
  const [patient, setPatient] = useState("");
  const [outcome, setOutcome] = useState<string | null>(null);
  const [patientId] = useDebouncedValue(patient.trim().toUpperCase(), 300);
  const query = useTrail({ action: action ?? undefined, patientId: patientId || undefined, outcome: outcome ?? undefined });
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const [open, setOpen] = useState<Entry | null>(null);
  const columns = useTrailColumns();
  return (
    <div className={styles.trail}>
      <div className={styles.main}>
        <div className={styles.filters}>
          <Select
            label={t("action")}
            placeholder={t("any")}
            data={ACTIONS}
            value={action}
            onChange={setAction}
            searchable
            clearable
            limit={100}
          />
          <TextInput
            label={t("patientId")}
            placeholder="P000001"
            dir="ltr"
            value={patient}
            onChange={(event) => setPatient(event.currentTarget.value)}
          />
          <Select
            label={t("outcome")}
            placeholder={t("any")}
            data={["ok", "forbidden", "unauthenticated", "care-edge-required", "wrong-credentials", "rate-limited", "slot-taken"]}
            value={outcome}
            onChange={setOutcome}
            clearable
          />
        </div>
        {query.error && rows.length === 0 ? (
          <ErrorState {...words(query.error)} onRetry={() => void query.refetch()} />
        ) : query.isPending ? (
          <Skeleton lines={12} />
        ) : (
          <DataTable
            label={t("trail")}
            columns={columns}
            rows={rows}
            rowKey={(row) => String(row.seq)}
            selected={open ? String(open.seq) : undefined}
            onOpen={(row) => setOpen(row)}
            onEnd={() => query.hasNextPage && !query.isFetchingNextPage && void query.fetchNextPage()}
            empty={<EmptyState title={t("none")}>{t("noneHint")}</EmptyState>}
          />
        )}
      </div>
      {open && <EntryPanel entry={open} onClose={() => setOpen(null)} />}
    </div>
  );
}

function useTrailColumns() {
  const { t } = useTranslation("reports");
  const format = useFormat();
  return useMemo<readonly Column<Entry>[]>(
    () => [
      { id: "seq", header: t("number"), value: (row) => row.seq, end: true },
      {
        id: "at",
        header: t("at"),
        value: (row) => row.at,
        cell: (row) => `${format.date(format.dayOf(row.at))} ${format.timeSeconds(row.at)}`,
      },
      { id: "actor", header: t("who"), value: (row) => row.actorName, cell: (row) => row.actorName ?? t("nobody") },
      { id: "action", header: t("action"), value: (row) => row.action, cell: (row) => <Num>{row.action}</Num> },
      {
        id: "subject",
        header: t("about"),
        value: (row) => Object.values(row.subject).join(" "),
        cell: (row) => <Num>{row.subject.patientId ?? row.subject.id ?? ""}</Num>,
      },
      { id: "outcome", header: t("outcome"), value: (row) => row.outcome, cell: (row) => <Outcome entry={row} /> },
    ],
    [t, format],
  );
}

function Outcome({ entry }: { entry: Entry }) {
  const { t } = useTranslation("reports");
  if (entry.outcome === null)
    return (
      <StatusWord tone="dimmed" icon={<IconArrowRight size={16} className="flip" aria-hidden="true" />}>
        {t("intent")}
      </StatusWord>
    );
  if (entry.outcome === "ok") return <StatusWord icon={<IconCheck size={16} aria-hidden="true" />}>{t("done")}</StatusWord>;
  return (
    <StatusWord tone="strong" icon={<IconBan size={16} aria-hidden="true" />}>
      <Num>{entry.outcome}</Num>
    </StatusWord>
  );
}

function EntryPanel({ entry, onClose }: { entry: Entry; onClose(): void }) {
  const { t } = useTranslation("reports");
  const format = useFormat();
  const facts: [string, string | null][] = [
    [t("at"), `${format.dateTime(entry.at)}`],
    [t("who"), entry.actorName],
    [t("roles"), entry.roles.join(", ")],
    [t("action"), entry.action],
    [t("phase"), t(`phases.${entry.phase}`)],
    [t("outcome"), entry.outcome],
    [t("reason"), entry.reason],
    [t("request"), entry.requestId],
    ...Object.entries(entry.subject),
  ];
  return (
    <Panel title={`${t("entry")} ${entry.seq}`} onClose={onClose}>
      <Section>
        <dl className={styles.facts}>
          {facts
            .filter(([, value]) => value)
            .map(([name, value]) => (
              <div key={name} className={styles.fact}>
                <dt>{name}</dt>
                <dd>
                  <bdi>{value}</bdi>
                </dd>
              </div>
            ))}
        </dl>
      </Section>
    </Panel>
  );
}
