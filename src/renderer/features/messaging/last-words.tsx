import { useTranslation } from "react-i18next";
import type { Conversation } from "./types.ts";

/** What was said last, as the list tells it. */
export function LastWords({ last, me }: { last: Conversation["last"]; me: string }) {
  const { t } = useTranslation("messaging");
  if (!last) return t("list.nothing");
  const mine = last.senderId === me;
  if (last.withdrawnAt) return mine ? t("list.withdrewMine") : t("list.withdrawn");
  if (last.text === null || last.text === "") return mine ? t("list.sentPhotoMine") : t("list.sentPhoto");
  const words = <bdi>{last.text}</bdi>;
  return mine ? (
    <>
      {t("list.you")} {words}
    </>
  ) : (
    words
  );
}
