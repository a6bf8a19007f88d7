import { type RouteOutput, useRouteCommand, useRouteQuery } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useFormat, useNow } from "@renderer/lib/use-format.ts";
import { Button, ConfirmDialog, EmptyState, Loaded, Notice, Num, Row, Rows, StatusWord } from "@renderer/ui/index.ts";
import { IconDevices, IconPointFilled } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

type MySession = RouteOutput<"session", "listMySessions">["items"][number];

/** My open sessions, one a device; any but this one can be ended. */
export function MySessions() {
  const { t } = useTranslation("session");
  const words = useErrorWords();
  const format = useFormat();
  const now = useNow();
  const sessions = useRouteQuery("session", "listMySessions", {});
  const [ending, setEnding] = useState<MySession | null>(null);
  const revoke = useRouteCommand("session", "revokeSession", { onSuccess: () => setEnding(null) });
  return (
    <Loaded query={sessions} words={words}>
      {({ items }) => (
        <>
          {revoke.error && <Notice tone="error">{words(revoke.error).message}</Notice>}
          {items.length === 0 && <EmptyState icon={<IconDevices size={24} />} title={t("account.noSessions")} />}
          <Rows label={t("account.sessions")}>
            {items.map((session) => (
              <Row
                key={session.id}
                title={<Num>{session.device}</Num>}
                detail={t("account.sinceSeen", { since: format.dateTime(session.createdAt), ago: format.ago(session.lastSeenAt, now) })}
                end={
                  session.current ? (
                    <StatusWord tone="accent" icon={<IconPointFilled size={16} aria-hidden="true" />}>
                      {t("account.here")}
                    </StatusWord>
                  ) : (
                    <Button variant="quiet" onClick={() => setEnding(session)}>
                      {t("account.end")}
                    </Button>
                  )
                }
              />
            ))}
          </Rows>
          {ending && (
            <ConfirmDialog
              title={t("account.endTitle", { device: ending.device })}
              confirm={t("account.end")}
              danger
              busy={revoke.isPending}
              onConfirm={() => revoke.mutate({ sessionId: ending.id })}
              onClose={() => setEnding(null)}
            >
              {t("account.endWords")}
            </ConfirmDialog>
          )}
        </>
      )}
    </Loaded>
  );
}
