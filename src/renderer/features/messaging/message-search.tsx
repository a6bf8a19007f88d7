import { useDebouncedValue } from "@mantine/hooks";
import { useRouteQuery } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { EmptyState, Loaded, Row, Rows } from "@renderer/ui/index.ts";
import { keepPreviousData } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ConversationRows, useWhen } from "./conversation-rows.tsx";
import styles from "./messages.module.css";
import { snippetOf } from "./snippet.ts";
import { type Conversation, otherOf } from "./types.ts";

const SHORTEST = 2;
const TYPING_MS = 200;

interface MessageSearchProps {
  text: string;
  conversations: readonly Conversation[];
  me: string;
  onOpen(id: string, seq?: number): void;
}

/** People by name, and messages by their words; a message opens where it stands. */
export function MessageSearch({ text, conversations, me, onOpen }: MessageSearchProps) {
  const { t } = useTranslation("messaging");
  const words = useErrorWords();
  const when = useWhen();
  const [sought] = useDebouncedValue(text.trim(), TYPING_MS);
  const query = useRouteQuery(
    "messaging",
    "search",
    { text: sought, limit: 50 },
    { enabled: sought.length >= SHORTEST, placeholderData: keepPreviousData, staleTime: 0 },
  );
  const fold = (name: string) => name.toLocaleLowerCase();
  const people = conversations.filter((item) => fold(otherOf(item, me)?.displayName ?? "").includes(fold(text.trim())));
  const nameOf = (id: string) => otherOf(conversations.find((item) => item.id === id) ?? { participants: [] }, me)?.displayName;
  return (
    <>
      {people.length > 0 && (
        <>
          <h3 className={styles.listHead}>{t("search.people")}</h3>
          <ConversationRows items={people} me={me} selected={undefined} onOpen={onOpen} />
        </>
      )}
      <h3 className={styles.listHead}>{t("search.messages")}</h3>
      {sought.length < SHORTEST ? (
        <p className={styles.hint}>{t("search.hint")}</p>
      ) : (
        <Loaded query={query} words={words}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState title={t("search.nothing")} />
            ) : (
              <Rows label={t("search.messages")}>
                {items.map((message) => (
                  <Row
                    key={message.id}
                    title={<bdi>{nameOf(message.conversationId) ?? t("somebody")}</bdi>}
                    detail={<Snippet text={message.text ?? ""} sought={sought} />}
                    end={<span className={styles.when}>{when(message.sentAt)}</span>}
                    onSelect={() => onOpen(message.conversationId, message.seq)}
                  />
                ))}
              </Rows>
            )
          }
        </Loaded>
      )}
    </>
  );
}

function Snippet({ text, sought }: { text: string; sought: string }) {
  const { before, match, after } = snippetOf(text, sought);
  return (
    <bdi>
      {before}
      <mark className={styles.mark}>{match}</mark>
      {after}
    </bdi>
  );
}
