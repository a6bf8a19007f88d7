import { notifications } from "@mantine/notifications";
import type { ReactNode } from "react";
import { getI18n } from "react-i18next";

/** Say what was done, where the screen itself does not show it; `undo` may stand in the message. Never for autosave. */
export function toast(message: ReactNode, options: { id?: string; autoCloseMs?: number | false } = {}): void {
  notifications.show({
    message,
    withBorder: false,
    autoClose: options.autoCloseMs ?? 6000,
    closeButtonProps: { "aria-label": getI18n().t("close", { ns: "ui" }) },
    ...(options.id ? { id: options.id } : {}),
  });
}
