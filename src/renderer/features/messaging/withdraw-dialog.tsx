import { useRouteCommand } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useFormat } from "@renderer/lib/use-format.ts";
import { ConfirmDialog, Notice } from "@renderer/ui/index.ts";
import { useTranslation } from "react-i18next";
import { readMessageAgain } from "./thread-store.ts";
import type { Message } from "./types.ts";

/** Asks before a message of mine is withdrawn: its place stays, what it said is gone. */
export function WithdrawDialog({ message, onClose }: { message: Message; onClose(): void }) {
  const { t } = useTranslation("messaging");
  const words = useErrorWords();
  const format = useFormat();
  const withdraw = useRouteCommand("messaging", "withdraw", {
    onSuccess: async () => {
      await readMessageAgain(message.conversationId, message.id).catch(() => undefined);
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={t(message.kind === "image" ? "withdraw.titlePhoto" : "withdraw.title", { time: format.time(message.sentAt) })}
      confirm={t("withdraw.confirm")}
      dismiss={t("withdraw.keep")}
      danger
      busy={withdraw.isPending}
      onConfirm={() => withdraw.mutate({ messageId: message.id })}
      onClose={onClose}
    >
      {withdraw.error && <Notice tone="error">{words(withdraw.error).message}</Notice>}
      <p>{t("withdraw.words")}</p>
    </ConfirmDialog>
  );
}
