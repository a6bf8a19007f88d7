import { TextInput } from "@mantine/core";
import type { useRouteQuery } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { EmptyState, IconButton, ListPane, Loaded, Tabs } from "@renderer/ui/index.ts";
import { IconChevronLeft, IconEdit, IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ContactPick } from "./contact-pick.tsx";
import { ConversationRows } from "./conversation-rows.tsx";
import { MessageSearch } from "./message-search.tsx";
import styles from "./messages.module.css";
import { type Conversation, otherOf } from "./types.ts";
import { useMessagesAddress } from "./use-address.ts";

const FILTERS = ["all", "unread", "patients", "staff"] as const;
export type Filter = (typeof FILTERS)[number];

/** The conversations of a tab. What is open stays, also when it has just been read. */
export function filtered(items: readonly Conversation[], filter: Filter, me: string, open: string | undefined): Conversation[] {
  return items.filter((item) => {
    const patient = otherOf(item, me)?.roles.includes("patient") ?? false;
    if (filter === "unread") return item.unread > 0 || item.id === open;
    return filter === "all" || patient === (filter === "patients");
  });
}

type List = ReturnType<typeof useRouteQuery<"messaging", "listConversations">>;
interface ListSideProps {
  query: List;
  shown: readonly Conversation[];
  filter: Filter;
  onFilter(filter: Filter): void;
  me: string;
}

/** The list of conversations; in its place the search, or whom to write to. */
export function ListSide({ query, shown, filter, onFilter, me }: ListSideProps) {
  const { t } = useTranslation("messaging");
  const words = useErrorWords();
  const address = useMessagesAddress();
  const [mode, setMode] = useState<"list" | "search" | "new">("list");
  const [text, setText] = useState("");
  const toggle = (next: "search" | "new") => setMode((now) => (now === next ? "list" : next));
  const unread = (query.data?.items ?? []).filter((item) => item.unread > 0).length;
  const searching = mode === "search" && text.trim() !== "";
  const items = FILTERS.map((value) => ({
    value,
    label: t(`tabs.${value}`),
    ...(value === "unread" && unread > 0 ? { count: unread } : {}),
  }));
  return (
    <ListPane
      label={t("list.label")}
      title={mode === "new" ? t("new.title") : t("title")}
      actions={
        mode === "new" ? (
          <IconButton label={t("new.back")} icon={<IconChevronLeft size={20} className="flip" />} onClick={() => setMode("list")} />
        ) : (
          <>
            <IconButton
              label={t("search.open")}
              icon={<IconSearch size={20} />}
              aria-expanded={mode === "search"}
              onClick={() => toggle("search")}
            />
            <IconButton label={t("new.title")} icon={<IconEdit size={20} />} onClick={() => toggle("new")} />
          </>
        )
      }
      tools={
        mode === "search" ? (
          <TextInput
            aria-label={t("search.label")}
            placeholder={t("search.label")}
            leftSection={<IconSearch size={16} aria-hidden="true" />}
            value={text}
            maxLength={100}
            autoFocus
            onChange={(event) => setText(event.currentTarget.value)}
            onKeyDown={(event) => event.key === "Escape" && setMode("list")}
          />
        ) : mode === "list" ? (
          <Tabs<Filter> label={t("tabs.label")} items={items} value={filter} onChange={onFilter} />
        ) : undefined
      }
    >
      {mode === "new" ? (
        <ContactPick
          onOpen={(id) => {
            setMode("list");
            onFilter("all");
            address.open(id);
          }}
        />
      ) : (
        <Loaded query={query} words={words}>
          {(list) =>
            searching ? (
              <MessageSearch text={text} conversations={list.items} me={me} onOpen={address.open} />
            ) : shown.length === 0 ? (
              <EmptyState title={t(filter === "all" ? "list.none" : "list.noneHere")}>
                {filter === "all" ? t("list.noneHint") : undefined}
              </EmptyState>
            ) : (
              <div className={styles.rows}>
                <ConversationRows items={shown} me={me} selected={address.conversation} onOpen={address.open} />
              </div>
            )
          }
        </Loaded>
      )}
    </ListPane>
  );
}
