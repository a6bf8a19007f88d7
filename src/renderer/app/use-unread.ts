import { useRouteQuery } from "@renderer/lib/api.ts";
import { useSession } from "@renderer/lib/session-store.ts";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";

/** How many messages whoever is signed in has not read; kept up to date by the events. */
export function useUnreadMessages(): number {
  const reads = useSession((state) => state.token !== null && state.user !== null && !state.user.mustChangePassword);
  const query = useRouteQuery("messaging", "listConversations", {}, { enabled: reads });
  return reads ? (query.data?.unread ?? 0) : 0;
}

/** "(2) Polyclinic" in the window's title; the desktop makes its badge of it. */
export function useUnreadTitle(): void {
  const { t } = useTranslation();
  const unread = useUnreadMessages();
  const product = t("product");
  useEffect(() => {
    document.title = unread > 0 ? `(${unread}) ${product}` : product;
  }, [unread, product]);
}
