import { useRouteQuery } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useHotkeys } from "@renderer/lib/hotkeys.ts";
import { useUser } from "@renderer/lib/session-store.ts";
import { EmptyState, Loaded, Pane, Skeleton, Split } from "@renderer/ui/index.ts";
import { IconMessages } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Filter, filtered, ListSide } from "./list-side.tsx";
import { StaffTalk } from "./staff-talk.tsx";
import { useMessagesAddress } from "./use-address.ts";

/** The staff's messages: the conversations at the start side, the one that is open beside them. */
export function Screen() {
  const { t } = useTranslation("messaging");
  const words = useErrorWords();
  const me = useUser().id;
  const address = useMessagesAddress();
  const [filter, setFilter] = useState<Filter>("all");
  const query = useRouteQuery("messaging", "listConversations", {});
  const shown = filtered(query.data?.items ?? [], filter, me, address.conversation);
  const step = (by: number) => {
    const at = shown.findIndex(({ id }) => id === address.conversation);
    const next = at < 0 ? shown[0] : shown[at + by];
    if (next) address.open(next.id);
  };
  useHotkeys({ "alt+ArrowDown": () => step(1), "alt+ArrowUp": () => step(-1) });
  const chosen = query.data?.items.find(({ id }) => id === address.conversation);
  return (
    <Split>
      <ListSide query={query} shown={shown} filter={filter} onFilter={setFilter} me={me} />
      {chosen ? (
        <StaffTalk key={chosen.id} conversation={chosen} />
      ) : (
        <Pane label={t("title")}>
          <Loaded query={query} words={words} skeleton={<Skeleton lines={8} />}>
            {() => (
              <EmptyState
                icon={<IconMessages size={32} aria-hidden="true" />}
                title={address.conversation ? t("list.gone") : t("list.choose")}
              >
                {t("list.chooseHint")}
              </EmptyState>
            )}
          </Loaded>
        </Pane>
      )}
    </Split>
  );
}
