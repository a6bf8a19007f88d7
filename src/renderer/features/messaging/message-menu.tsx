import { Menu } from "@mantine/core";
import { IconButton, toast } from "@renderer/ui/index.ts";
import { IconArrowBackUp, IconCopy, IconDots, IconMail } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import styles from "./thread.module.css";
import type { Message } from "./types.ts";

interface MessageMenuProps {
  message: Message;
  mine: boolean;
  onKeepUnread(): void;
  onWithdraw(): void;
}

/** What can be done with one message. */
export function MessageMenu({ message, mine, onKeepUnread, onWithdraw }: MessageMenuProps) {
  const { t } = useTranslation("messaging");
  const copy = () => {
    void navigator.clipboard.writeText(message.text ?? "").then(
      // Briefly: it stands over the button that sends.
      () => toast(t("message.copied"), { autoCloseMs: 1500 }),
      () => toast(t("message.notCopied")),
    );
  };
  const canCopy = !!message.text;
  return (
    <Menu position="bottom-end" returnFocus>
      <Menu.Target>
        <IconButton className={styles.menuButton} label={t("message.menu")} icon={<IconDots size={20} />} />
      </Menu.Target>
      <Menu.Dropdown>
        {canCopy && (
          <Menu.Item leftSection={<IconCopy size={16} />} onClick={copy}>
            {t("message.copy")}
          </Menu.Item>
        )}
        {!mine && (
          <Menu.Item leftSection={<IconMail size={16} />} onClick={onKeepUnread}>
            {t("message.markUnread")}
          </Menu.Item>
        )}
        {mine && (
          <Menu.Item leftSection={<IconArrowBackUp size={16} className="flip" />} onClick={onWithdraw}>
            {t("message.withdraw")}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
