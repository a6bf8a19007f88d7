import { useRouteQuery } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useUser } from "@renderer/lib/session-store.ts";
import { Button, EmptyState, IconButton, Loaded } from "@renderer/ui/index.ts";
import { IconChevronLeft, IconEdit } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ContactPick } from "./contact-pick.tsx";
import { Conversation } from "./conversation.tsx";
import { ConversationRows } from "./conversation-rows.tsx";
import styles from "./messages.module.css";
import { PersonBanner } from "./talk-header.tsx";
import { otherOf, type Conversation as Talk } from "./types.ts";
import { useMessagesAddress } from "./use-address.ts";

/** The patient's own conversations on a phone: the list, and behind each row its messages. */
export function Part() {
  const { t } = useTranslation("messaging");
  const words = useErrorWords();
  const me = useUser().id;
  const address = useMessagesAddress();
  const [choosing, setChoosing] = useState(false);
  const query = useRouteQuery("messaging", "listConversations", {});
  const start = (
    <Button variant="primary" size="touch" wide icon={<IconEdit size={20} aria-hidden="true" />} onClick={() => setChoosing(true)}>
      {t("new.title")}
    </Button>
  );
  if (choosing) {
    return (
      <section className={styles.phone} aria-label={t("new.title")}>
        <div className={styles.phoneHead}>
          <IconButton
            size="touch"
            label={t("new.back")}
            icon={<IconChevronLeft size={24} className="flip" />}
            onClick={() => setChoosing(false)}
          />
          <h2>{t("new.title")}</h2>
        </div>
        <div className={styles.phoneList}>
          <ContactPick
            onOpen={(id) => {
              setChoosing(false);
              address.open(id);
            }}
          />
        </div>
      </section>
    );
  }
  return (
    <Loaded query={query} words={words}>
      {({ items }) => {
        const open = items.find(({ id }) => id === address.conversation);
        if (open) return <PhoneTalk key={open.id} conversation={open} />;
        return (
          <section className={styles.phone} aria-label={t("title")}>
            <div className={styles.phoneList}>
              {items.length === 0 ? (
                <EmptyState title={t("list.none")}>{t("list.noneHintPatient")}</EmptyState>
              ) : (
                <ConversationRows items={items} me={me} selected={undefined} onOpen={address.open} />
              )}
            </div>
            <div className={styles.phoneFoot}>{start}</div>
          </section>
        );
      }}
    </Loaded>
  );
}

function PhoneTalk({ conversation }: { conversation: Talk }) {
  const { t } = useTranslation("messaging");
  const address = useMessagesAddress();
  const other = otherOf(conversation, useUser().id);
  const back = <IconButton size="touch" label={t("back")} icon={<IconChevronLeft size={24} className="flip" />} onClick={address.toList} />;
  return (
    <div className={styles.phone}>
      {other && <PersonBanner contact={other} start={back} />}
      <Conversation conversation={conversation} touch />
    </div>
  );
}
