import { type RouteOutput, useRouteQuery } from "@renderer/lib/api.ts";
import { useUser } from "@renderer/lib/session-store.ts";
import { useFormat, useNow } from "@renderer/lib/use-format.ts";
import { Row, Rows } from "@renderer/ui/index.ts";
import { IconFile, IconMessage } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

export type Told = RouteOutput<"notifications", "list">["items"][number];

/** What was told, in words: the kind, how often and when. With whom a conversation is, this screen knows by itself. */
export function ToldRows({ items, onOpen }: { items: readonly Told[]; onOpen(item: Told): void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(30_000);
  const me = useUser().id;
  const talks = useRouteQuery("messaging", "listConversations", {}).data?.items ?? [];
  const nameOf = (item: Told) =>
    item.kind === "message"
      ? talks.find(({ id }) => id === item.subjectId)?.participants.find(({ userId }) => userId !== me)?.displayName
      : undefined;
  return (
    <Rows label={t("bell.title")}>
      {items.map((item) => {
        const name = nameOf(item);
        return (
          <Row
            key={item.id}
            lead={item.kind === "message" ? <IconMessage size={20} aria-hidden="true" /> : <IconFile size={20} aria-hidden="true" />}
            title={t(`bell.kinds.${item.kind}`, { count: item.count })}
            detail={name === undefined ? undefined : <bdi>{name}</bdi>}
            end={format.ago(item.at, now)}
            onSelect={() => onOpen(item)}
          />
        );
      })}
    </Rows>
  );
}
