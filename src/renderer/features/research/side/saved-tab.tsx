import { useDebouncedValue } from "@mantine/hooks";
import { callRoute, queryClient, routeKey, useRouteQuery } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useFormat } from "@renderer/lib/use-format.ts";
import { ConfirmDialog, EmptyState, IconButton, Loaded, Num, SegmentedControl, Skeleton, toast } from "@renderer/ui/index.ts";
import { IconTrash, IconUsers } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useConsole } from "../console-store.ts";
import type { SavedQuery } from "../types.ts";
import { SavedFileButtons } from "./saved-file-buttons.tsx";
import { SearchField } from "./search-field.tsx";
import styles from "./side.module.css";

type Whose = "all" | "mine" | "shared";

/** Queries that were saved: mine, and those that other researchers share. */
export function SavedTab({ onLoad }: { onLoad(query: SavedQuery): void }) {
  const { t } = useTranslation("research");
  const words = useErrorWords();
  const [typed, setTyped] = useState("");
  const [text] = useDebouncedValue(typed.trim(), 250);
  const [whose, setWhose] = useState<Whose>("all");
  const [leaving, setLeaving] = useState<SavedQuery | null>(null);
  const current = useConsole((state) => state.saved?.id ?? null);
  const query = useRouteQuery("research", "listSavedQueries", { text: text || undefined });
  const of = (item: SavedQuery) => whose === "all" || (whose === "mine" ? item.mine : item.shared);
  return (
    <>
      <SearchField label={t("saved.search")} value={typed} onChange={setTyped} />
      <div className={styles.filters}>
        <SegmentedControl<Whose>
          label={t("saved.whose")}
          items={[
            { value: "all", label: t("saved.all") },
            { value: "mine", label: t("saved.mine") },
            { value: "shared", label: t("saved.shared") },
          ]}
          value={whose}
          onChange={setWhose}
        />
      </div>
      <Loaded query={query} words={words} skeleton={<Skeleton lines={6} tall />}>
        {({ items }) => (
          <>
            {items.filter(of).length === 0 ? (
              <EmptyState title={text ? t("saved.noneFound") : t("saved.none")}>{t("saved.noneHint")}</EmptyState>
            ) : (
              <ul aria-label={t("saved.title")}>
                {items.filter(of).map((item) => (
                  <SavedRow key={item.id} item={item} current={item.id === current} onLoad={onLoad} onDelete={setLeaving} />
                ))}
              </ul>
            )}
            <SavedFileButtons queries={items} />
          </>
        )}
      </Loaded>
      {leaving && <DeleteQuestion query={leaving} onClose={() => setLeaving(null)} />}
    </>
  );
}

interface SavedRowProps {
  item: SavedQuery;
  current: boolean;
  onLoad(query: SavedQuery): void;
  onDelete(query: SavedQuery): void;
}

function SavedRow({ item, current, onLoad, onDelete }: SavedRowProps) {
  const { t } = useTranslation("research");
  const format = useFormat();
  return (
    <li className={styles.item} data-current={current || undefined}>
      <button type="button" className={styles.main} aria-current={current || undefined} onClick={() => onLoad(item)}>
        <span className={styles.name}>
          <bdi>{item.name}</bdi>
        </span>
        {item.description && (
          <span className={styles.about}>
            <bdi>{item.description}</bdi>
          </span>
        )}
        <Num className={styles.cypher}>{item.cypher.replace(/\s+/g, " ").trim()}</Num>
        <span className={styles.facts}>
          <span>{format.dayShort(format.dayOf(item.updatedAt))}</span>
          {item.shared && (
            <span className={styles.owner}>
              <IconUsers size={16} aria-hidden="true" />
              {item.mine ? t("saved.sharedByMe") : <bdi>{item.ownerName}</bdi>}
            </span>
          )}
        </span>
      </button>
      {item.mine && (
        <IconButton
          className={styles.again}
          label={t("saved.delete", { name: item.name })}
          icon={<IconTrash size={16} />}
          onClick={() => onDelete(item)}
        />
      )}
    </li>
  );
}

function DeleteQuestion({ query, onClose }: { query: SavedQuery; onClose(): void }) {
  const { t } = useTranslation("research");
  const words = useErrorWords();
  const remove = useMutation({
    mutationFn: () => callRoute("research", "deleteSavedQuery", { id: query.id }),
    onSuccess: () => {
      if (useConsole.getState().saved?.id === query.id) useConsole.setState({ saved: null });
      onClose();
    },
    onError: (error) => {
      toast(words(error).message);
      onClose();
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: routeKey("research", "listSavedQueries") }),
  });
  return (
    <ConfirmDialog
      title={t("saved.deleteTitle", { name: query.name })}
      confirm={t("saved.deleteConfirm")}
      danger
      busy={remove.isPending}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      {query.shared ? t("saved.deleteShared") : t("saved.deleteHint")}
    </ConfirmDialog>
  );
}
