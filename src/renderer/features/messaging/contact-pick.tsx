import { TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { queryClient, type RouteOutput, routeKey, useRouteCommand, useRouteQuery } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { EmptyState, Loaded, Notice, Num, Row, Rows } from "@renderer/ui/index.ts";
import { IconSearch } from "@tabler/icons-react";
import { keepPreviousData } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./messages.module.css";

const TYPING_MS = 150;
type List = RouteOutput<"messaging", "listConversations">;

/** Whom to write to: everyone joined by an appointment, and the staff among themselves. */
export function ContactPick({ onOpen }: { onOpen(conversationId: string): void }) {
  const { t } = useTranslation(["messaging", "shell"]);
  const words = useErrorWords();
  const [text, setText] = useState("");
  const [sought] = useDebouncedValue(text.trim(), TYPING_MS);
  const query = useRouteQuery("messaging", "listContacts", sought ? { text: sought } : {}, { placeholderData: keepPreviousData });
  const open = useRouteCommand("messaging", "openConversation", {
    onSuccess: (conversation) => {
      // The list knows it at once; the host's own answer follows.
      queryClient.setQueryData<List>(routeKey("messaging", "listConversations", {}), (list) =>
        list && !list.items.some(({ id }) => id === conversation.id) ? { ...list, items: [conversation, ...list.items] } : list,
      );
      onOpen(conversation.id);
    },
  });
  return (
    <>
      <div className={styles.search}>
        <TextInput
          aria-label={t("new.find")}
          placeholder={t("new.find")}
          leftSection={<IconSearch size={16} aria-hidden="true" />}
          value={text}
          maxLength={100}
          autoFocus
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </div>
      {open.error && <Notice tone="error">{words(open.error).message}</Notice>}
      <Loaded query={query} words={words}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={sought ? t("new.noMatch") : t("new.nobody")}>{sought ? undefined : t("new.nobodyHint")}</EmptyState>
          ) : (
            <Rows label={t("new.contacts")}>
              {items.map((contact) => (
                <Row
                  key={contact.userId}
                  title={<bdi>{contact.displayName}</bdi>}
                  detail={contact.roles.map((role) => t(`roles.${role}`, { ns: "shell" })).join(t("comma"))}
                  end={contact.patientId ? <Num>{contact.patientId}</Num> : undefined}
                  onSelect={() =>
                    contact.conversationId ? onOpen(contact.conversationId) : !open.isPending && open.mutate({ userId: contact.userId })
                  }
                />
              ))}
            </Rows>
          )
        }
      </Loaded>
    </>
  );
}
